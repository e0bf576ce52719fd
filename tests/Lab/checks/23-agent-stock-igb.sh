#!/usr/bin/env bash
# Debian's igb tells zero for every VF, whatever flows: the agent must not repeat it.
set -euo pipefail
source "$LAB/guest/lib.sh"

load_stock_igb
create_vfs 0 2
pf=$(pf_name 0)
# VF 0's netdev is in a namespace, as good as a guest's, and has traffic; VF 1's netdev stays on the host.
bind_vf 0 1 igbvf
vf_into_namespace 0 0 guest 192.0.2.7
ip netns exec guest ping -q -c 20 -i 0.1 -W 1 192.0.2.8 >/dev/null || true
check "VF 0 has had traffic" test "$(ip netns exec guest cat "/sys/class/net/$(ip netns exec guest ls /sys/class/net | grep -v '^lo$' | head -n 1)/statistics/tx_packets")" -gt 0
start_agent
counters() { grep -c "^sriov_vf_[a-z]*_\(bytes\|packets\)_total{.*pf=\"$pf\".*vf=\"$1\"" "$SCRAPE" || true; }

is "no counters for a VF whose driver counts nothing" "$(counters 0)" 0
is "said as not available" "$(metric sriov_vf_stats_available "pf=\"$pf\"" 'vf="0"')" 0
check "with the reason" grep -q "^sriov_vf_stats_available{.*vf=\"0\".*reason=\"[a-z_]\+\"\|^sriov_vf_stats_available{.*reason=\"[a-z_]\+\".*vf=\"0\"" "$SCRAPE"
is "the VF's configuration is there all the same" "$(label sriov_vf_info mac "pf=\"$pf\"" 'vf="0"')" "$(vf_mac 0 0)"
is "the collectors succeeded" "$(series sriovpulse_agent_collector_success | awk '$NF != 1' | wc -l)" 0

# The VF that the host owns has true counters: those of its own netdev.
name=$(vf_name 0 1)
ip link set "$name" up
ip address add 192.0.2.1/24 dev "$name"
eventually 60 has_carrier "$name"
ping -q -c 5 -i 0.2 -W 1 192.0.2.99 >/dev/null || true
becomes "a VF that the host owns is counted by its own netdev" 1 metric sriov_vf_stats_available "pf=\"$pf\"" 'vf="1"'
is "and says so" "$(label sriov_vf_info stats_source "pf=\"$pf\"" 'vf="1"')" netdev
ip link set "$name" down
sleep 1
becomes "with that netdev's packets" "$(cat "/sys/class/net/$name/statistics/tx_packets")" \
  metric sriov_vf_transmit_packets_total "pf=\"$pf\"" 'vf="1"'
finished
