#!/usr/bin/env bash
# A PF loses its driver while it is being read: the agent lives on, the other PFs are unaffected, and it comes back.
set -euo pipefail
source "$LAB/guest/lib.sh"

load_stock_igb
create_vfs 0 2
create_vfs 1 2
pf=$(pf_name 1)
other=$(pf_name 0)
address=$(pf_address 1)
start_agent
is "before: the PF's VFs" "$(count_of sriov_vf_info "pf=\"$pf\"")" 2

start_scraping
for _ in 1 2 3; do
  echo "$address" >/sys/bus/pci/drivers/igb/unbind
  becomes "unbound: no series by the lost netdev's name" 0 count_of sriov_vf_info "pf=\"$pf\""
  is "unbound: its counters are gone" "$(count_of sriov_pf_port_receive_bytes_total "pf=\"$pf\"")" 0
  is "unbound: the other PF is told as before" "$(count_of sriov_vf_info "pf=\"$other\"") $(metric sriov_pf_up "pf=\"$other\"")" "2 1"
  echo "$address" >/sys/bus/pci/drivers/igb/bind
  eventually 30 has_netdev "$address"
  pf=$(pf_name 1)
  ip link set "$pf" up
  becomes "bound again: the PF is back" "$address" label sriov_pf_info pci_address "pf=\"$pf\""
  create_vfs 1 2
  becomes "bound again: new VFs appear" 2 count_of sriov_vf_info "pf=\"$pf\""
done
stop_scraping
check "no scrape failed" test ! -e "$SCRATCH/scrapes/failures"
is "every scrape had the other PF's VFs" "$(grep -L "^sriov_vf_info{.*pf=\"$other\"" "$SCRATCH/scrapes"/*.txt | wc -l)" 0
check "the agent lives" agent_runs
finished
