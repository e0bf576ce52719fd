#!/usr/bin/env bash
# Writes the kernel's own replies for the unit tests (tests/fixtures/netlink/README.md tells what is in each).
set -euo pipefail
source "$LAB/guest/lib.sh"

mkdir -p "$RESULTS/recorded"
record() { /usr/bin/python3 "$LAB/guest/record.py" "$RESULTS/recorded/$1.bin" "${@:2}"; }

load_igb_with_vf_stats
create_vfs 0 2
pf=$(pf_name 0)
ip link set "$pf" vf 0 vlan 100 qos 3
ip link set "$pf" vf 0 max_tx_rate 200
ip link set "$pf" vf 0 trust on
ip link set "$pf" vf 1 spoofchk off
vf_into_namespace 0 1 b 192.0.2.2
create_vfs 1 1
vf_into_namespace 1 0 c 192.0.2.3
record igb_2_configured link "$pf"
ip link set "$pf" vf 0 vlan 0
vf_into_namespace 0 0 a 192.0.2.1
ping_between a 192.0.2.3 20 500 >/dev/null
record igb_2_traffic link "$pf"
record igb_2_dump dump

for count in 4 221 222 223 256 512; do
  name=$(create_netdevsim "$count")
  record "nsim_$count" link "$name"
  remove_netdevsim
done
for count in 4 334 335 512; do
  name=$(create_netdevsim "$count")
  record "nsim_${count}_skip_stats" link-skip-stats "$name"
  remove_netdevsim
done
name=$(create_netdevsim 256)
record nsim_256_dump dump
ok "replies recorded"
finished
