#!/usr/bin/env bash
# VFs send to the wire while their PF is idle: the port counts it, the PF's own netdev does not.
set -euo pipefail
source "$LAB/guest/lib.sh"

load_stock_igb
create_vfs 0 1
create_vfs 1 1
pf=$(pf_name 0)
peer=$(pf_name 1)
vf_into_namespace 0 0 a 192.0.2.1
vf_into_namespace 1 0 c 192.0.2.3
start_agent
ping_between a 192.0.2.3 5 >/dev/null
sleep 3

port() { metric "sriov_pf_port_$1_total" "pf=\"$2\""; }
own() { metric "sriov_pf_transmit_bytes_total" "pf=\"$pf\""; }
# The driver's word about its MAC; Ethernet's checksum of four bytes per frame may be in the bytes or not.
mac() { ethtool -S "$pf" | awk -v name="$1:" '$1 == name { print $2 }'; }
scrape
bytes=$(port transmit_bytes "$pf") packets=$(port transmit_packets "$pf") received=$(port receive_packets "$peer") own=$(own)
ping_between a 192.0.2.3 100 1000 >/dev/null
sleep 3
# Both are asked while the other may go on (the PF itself says a word now and then): they must agree when the MAC's rests.
agree() {
  local before
  before=$(mac tx_packets)
  scrape && [[ $(mac tx_packets) == "$before" && $(port transmit_packets "$pf") == "$before" ]]
}
check "the port's packets as the MAC counts them" eventually 60 agree
sent=$(($(port transmit_packets "$pf") - packets))
check "all 100 pings went over the wire" test "$sent" -ge 100
check "the port's bytes are the frames', PF and VFs together" test $(($(port transmit_bytes "$pf") - bytes)) -ge $((100 * 1042))
check "and no more than those" test $(($(port transmit_bytes "$pf") - bytes)) -le $((100 * 1046 + (sent - 100) * 128))
check "the peer's port received them" test $(($(port receive_packets "$peer") - received)) -ge 100
check "the PF's own netdev stayed idle" test $(($(own) - own)) -lt 2000
remove_namespaces a c
finished
