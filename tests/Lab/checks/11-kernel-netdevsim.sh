#!/usr/bin/env bash
# The lab itself, netdevsim: hundreds of VFs, whose list wraps in the kernel's reply.
set -euo pipefail
source "$LAB/guest/lib.sh"

for count in 256 512; do
  name=$(create_netdevsim "$count")
  is "$count VFs" "$(cat /sys/bus/netdevsim/devices/netdevsim1/sriov_numvfs)" "$count"
  check "iproute2 asks with statistics and does not see all $count" \
    test "$(ip -s link show dev "$name" | grep -c '^ *vf ')" -lt "$count"
  remove_netdevsim
done
finished
