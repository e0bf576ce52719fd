#!/usr/bin/env bash
# VFs are removed and made again while the agent is scraped without pause.
set -euo pipefail
source "$LAB/guest/lib.sh"

load_igb_with_vf_stats
create_vfs 0 2
pf=$(pf_name 0)
vf_into_namespace 0 0 a 192.0.2.1
vf_into_namespace 0 1 b 192.0.2.2
start_agent
ping_between a 192.0.2.2 50 1000 >/dev/null
becomes "counters before" "$(kernel_vf_counters "$pf" 0 | cut -d' ' -f1)" metric sriov_vf_receive_bytes_total "pf=\"$pf\"" 'vf="0"'
before=$(metric sriov_vf_receive_bytes_total "pf=\"$pf\"" 'vf="0"')

start_scraping
for _ in 1 2 3; do
  remove_namespaces a b
  remove_vfs 0
  sleep 2
  scrape && gone=$(grep -c "^sriov_vf.*pf=\"$pf\"" "$SCRAPE" || true)
  create_vfs 0 2
  vf_into_namespace 0 0 a 192.0.2.1
  vf_into_namespace 0 1 b 192.0.2.2
done
stop_scraping
is "no series of removed VFs" "$gone" 0
check "no scrape failed" test ! -e "$SCRATCH/scrapes/failures"
check "there were scrapes all the while" test "$(find "$SCRATCH/scrapes" -name '*.txt' | wc -l)" -ge 10
check "the agent lives" agent_runs

ping_between a 192.0.2.2 3 >/dev/null
sleep 1
becomes "the made-again VF has the kernel's new numbers" "$(kernel_vf_counters "$pf" 0 | cut -d' ' -f1)" \
  metric sriov_vf_receive_bytes_total "pf=\"$pf\"" 'vf="0"'
check "which began anew" test "$(metric sriov_vf_receive_bytes_total "pf=\"$pf\"" 'vf="0"')" -lt "$before"
is "the collectors succeeded" "$(series sriovpulse_agent_collector_success | awk '$NF != 1' | wc -l)" 0
remove_namespaces a b
finished
