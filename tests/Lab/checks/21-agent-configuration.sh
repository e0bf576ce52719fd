#!/usr/bin/env bash
# What "ip link set PF vf N …" configures is what the agent tells, without a restart.
set -euo pipefail
source "$LAB/guest/lib.sh"

load_stock_igb
create_vfs 0 2
pf=$(pf_name 0)
vf() { label sriov_vf_info "$1" "pf=\"$pf\"" "vf=\"${2:-0}\""; }
rate() { metric "sriov_vf_transmit_$1_rate_bytes_per_second" "pf=\"$pf\"" "vf=\"${2:-0}\""; }
start_agent

is "MAC" "$(vf mac)" "$(vf_mac 0 0)"
is "no VLAN" "$(vf vlan)" 0
is "spoof check is on from the start" "$(vf spoof_check)" on
is "trust is off from the start" "$(vf trust)" off
is "no rate limit, no series" "$(count_of sriov_vf_transmit_max_rate_bytes_per_second)" 0

ip link set "$pf" vf 0 mac 52:54:00:bb:00:01
becomes "a changed MAC" 52:54:00:bb:00:01 vf mac
ip link set "$pf" vf 0 vlan 100 qos 3
becomes "a VLAN" 100 vf vlan
ip link set "$pf" vf 0 max_tx_rate 200
becomes "a rate limit of 200 Mb/s in bytes per second" 25000000 rate max
ip link set "$pf" vf 0 trust on
becomes "trust" on vf trust
ip link set "$pf" vf 0 spoofchk off
becomes "spoof check off" off vf spoof_check
is "the other VF is as before" "$(vf mac 1) $(vf vlan 1) $(vf trust 1) $(vf spoof_check 1) $(rate max 1)" "$(vf_mac 0 1) 0 off on "
ip link set "$pf" vf 0 max_tx_rate 0
becomes "a removed limit has no series" "" rate max
ip link set "$pf" vf 0 vlan 0
becomes "a removed VLAN" 0 vf vlan

# netdevsim takes what igb does not: minimum rates, link states, the outer VLAN protocol.
pf=$(create_netdevsim 4)
ip link set "$pf" vf 3 max_tx_rate 1000 min_tx_rate 100
becomes "a minimum rate" 12500000 rate min 3
is "and its maximum" "$(rate max 3)" 125000000
for state in enable disable auto; do
  ip link set "$pf" vf 2 state "$state"
  becomes "link state $state" "$state" vf link_state 2
done
ip link set "$pf" vf 1 vlan 7 proto 802.1ad
becomes "a service VLAN" 7 vf vlan 1
is "and its protocol" "$(vf vlan_proto 1)" 802.1ad
remove_netdevsim
finished
