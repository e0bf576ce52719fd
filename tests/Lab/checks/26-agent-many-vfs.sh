#!/usr/bin/env bash
# Hundreds of VFs: all are there, also when the kernel's list of them has wrapped, and the recovery is counted.
set -euo pipefail
source "$LAB/guest/lib.sh"

lists_recovered() { if (($(metric sriovpulse_agent_vf_lists_recovered_total) > 0)); then echo yes; else echo no; fi; }

load_stock_igb
for count in 256 512; do
  pf=$(create_netdevsim "$count")
  ip link set "$pf" vf $((count - 1)) mac 52:54:00:cc:00:01
  start_agent
  becomes "$count VFs: all present" "$count" count_of sriov_vf_info "pf=\"$pf\""
  is "$count VFs: each once" "$(series sriov_vf_info "pf=\"$pf\"" | grep -o 'vf="[0-9]*"' | sort -u | wc -l)" "$count"
  is "$count VFs: the last one's configuration" "$(label sriov_vf_info mac "pf=\"$pf\"" "vf=\"$((count - 1))\"")" 52:54:00:cc:00:01
  is "$count VFs: enabled" "$(metric sriov_pf_vfs_enabled "pf=\"$pf\"")" "$count"
  is "$count VFs: no false zeros" "$(count_of sriov_vf_receive_bytes_total "pf=\"$pf\"")" 0
  becomes "$count VFs: the list had to be recovered, and that is counted" yes lists_recovered
  is "$count VFs: the collectors succeeded" "$(series sriovpulse_agent_collector_success | awk '$NF != 1' | wc -l)" 0
  stop_agent
  remove_netdevsim
done
finished
