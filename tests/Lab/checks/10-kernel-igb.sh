#!/usr/bin/env bash
# The lab itself, igb: what the agent's checks build upon must be true without the agent.
set -euo pipefail
source "$LAB/guest/lib.sh"

load_igb_with_vf_stats
check "three PFs with SR-IOV" test "$(cat /sys/bus/pci/devices/*/sriov_totalvfs | tr '\n' ' ')" = "7 7 7 "
create_vfs 0 2
create_vfs 1 1
pf0=$(pf_name 0)
is "a VF has the RID that the offset tells" "$(vf_address 0 1)" 0000:01:10.2
check "VFs have IOMMU groups" test -e "/sys/bus/pci/devices/$(vf_address 0 0)/iommu_group"
is "iproute2 sees two VFs" "$(ip link show dev "$pf0" | grep -c '^ *vf ')" 2

vf_into_namespace 0 0 a 192.0.2.1
vf_into_namespace 0 1 b 192.0.2.2
vf_into_namespace 1 0 c 192.0.2.3
ping_between a 192.0.2.2 5 >/dev/null
before=$(kernel_vf_counters "$pf0" 0)
ping_between a 192.0.2.2 20 >/dev/null
after=$(kernel_vf_counters "$pf0" 0)
check "the extra operation counts pings between two VFs" \
  awk -v before="$before" -v after="$after" 'BEGIN { split(before, b); split(after, a); exit !(a[2] - b[2] >= 20 && a[4] - b[4] >= 20 && a[1] - b[1] >= 20 * 98) }'

wire() { ethtool -S "$1" | awk '$1 == "tx_bytes:" { print $2 }'; }
wire_before=$(wire "$pf0")
ping_between a 192.0.2.3 20 1000 >/dev/null
wire_after=$(wire "$pf0")
check "a VF reaches the other PF's VF over the wire, and the PF's port counts it" test $((wire_after - wire_before)) -ge 20000

remove_namespaces a b c
load_stock_igb
create_vfs 0 2
pf0=$(pf_name 0)
vf_into_namespace 0 0 a 192.0.2.1
vf_into_namespace 0 1 b 192.0.2.2
ping_between a 192.0.2.2 20 >/dev/null
is "the stock igb tells all zero for a VF that had traffic" "$(kernel_vf_counters "$pf0" 0)" "0 0 0 0 0 0 0 0"
remove_namespaces a b
finished
