#!/usr/bin/env bash
# The lab itself: a VF held by a QEMU process, started plainly and by libvirt.
set -euo pipefail
source "$LAB/guest/lib.sh"

load_stock_igb
create_vfs 2 2
prepare_vfio
bind_vf 2 0 vfio-pci
bind_vf 2 1 vfio-pci

start_plain_qemu plain-vm 0d5c8a4e-2a10-4c8b-9a4f-0d3f6d2f1111 "$(vf_address 2 0)"
check "QEMU holds the VF's VFIO group" holds_vfio_group "$QEMU_PID" "$(vf_address 2 0)"
stop_plain_qemu

start_libvirt
define_domain libvirt-vm 4f7a9d52-7c0e-4a83-8f0c-5b1f2d3e2222
attach_vf libvirt-vm "$(vf_address 2 1)" 52:54:00:aa:00:01
check "libvirt's status file names the VF" grep -q "52:54:00:aa:00:01" /run/libvirt/qemu/libvirt-vm.xml
is "libvirt set the VF's MAC through the PF" "$(ip link show dev "$(pf_name 2)" | awk '$1 == "vf" && $2 == 1 { print $4 }')" 52:54:00:aa:00:01
stop_libvirt
finished
