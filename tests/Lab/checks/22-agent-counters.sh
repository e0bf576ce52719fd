#!/usr/bin/env bash
# Traffic between two VFs, which the host's network stack never sees, is counted per VF exactly as the kernel counts it.
set -euo pipefail
source "$LAB/guest/lib.sh"

load_igb_with_vf_stats
create_vfs 0 3
pf=$(pf_name 0)
vf_into_namespace 0 0 a 192.0.2.1
vf_into_namespace 0 1 b 192.0.2.2
told() {
  local vf="$1" counter
  for counter in receive_bytes receive_packets transmit_bytes transmit_packets; do
    metric "sriov_vf_${counter}_total" "pf=\"$pf\"" "vf=\"$vf\""
    printf ' '
  done
}
kernel() { kernel_vf_counters "$pf" "$1" | awk '{ print $1, $2, $3, $4, "" }'; }

start_agent
ping_between a 192.0.2.2 10 >/dev/null
for round in 1 2; do
  ping_between a 192.0.2.2 50 700 >/dev/null
  # Link-layer chatter may follow the pings: compare once the kernel's numbers rest.
  sleep 1
  for vf in 0 1; do
    becomes "round $round: VF $vf as iproute2 counts it" "$(kernel "$vf")" told "$vf"
    is "round $round: VF $vf: true counters are said to be there" "$(metric sriov_vf_stats_available "pf=\"$pf\"" "vf=\"$vf\"")" 1
  done
done
check "VF 0 received the 100 large pings" test "$(metric sriov_vf_receive_bytes_total "pf=\"$pf\"" 'vf="0"')" -ge $((100 * 742))
is "the counters' source is named" "$(label sriov_vf_info stats_source "pf=\"$pf\"" 'vf="0"')" rtnetlink
is "the PF's own counters saw none of it" "$(metric sriov_pf_receive_bytes_total "pf=\"$pf\"")" "$(cat "/sys/class/net/$pf/statistics/rx_bytes")"
remove_namespaces a b
finished
