#!/usr/bin/env bash
# VFs held by virtual machines, started plainly and by libvirt, are attributed to them; each VF has one owner.
set -euo pipefail
source "$LAB/guest/lib.sh"

load_stock_igb
create_vfs 2 3
pf=$(pf_name 2)
prepare_vfio
for vf in 0 1 2; do bind_vf 2 "$vf" vfio-pci; done
owner() { label sriov_vf_workload_info "$1" "pf=\"$pf\"" "vf=\"$2\""; }
# No event of the kernel tells that a program opened a VF that had its VFIO driver before: the next regular look does.
PATIENCE=120
start_agent
is "VFs that nobody holds have no owner" "$(count_of sriov_vf_workload_info)" 0
is "and are free" "$(metric sriov_pf_vfs_free "pf=\"$pf\"")" 3

uuid=0d5c8a4e-2a10-4c8b-9a4f-0d3f6d2f1111
start_plain_qemu plain-vm "$uuid" "$(vf_address 2 0)"
becomes "a plain QEMU's VF: name" plain-vm owner name 0
is "kind" "$(owner kind 0)" vm
is "uuid" "$(owner uuid 0)" "$uuid"
is "managed by nobody" "$(owner managed_by 0)" none
check "how it was found" grep -qxE 'vfio|qemu' <<<"$(owner source 0)"

start_libvirt
uuid=4f7a9d52-7c0e-4a83-8f0c-5b1f2d3e2222
define_domain libvirt-vm "$uuid" '<nova:instance xmlns:nova="http://openstack.org/xmlns/libvirt/nova/1.1"><nova:name>web-1</nova:name></nova:instance>'
attach_vf libvirt-vm "$(vf_address 2 1)" 52:54:00:aa:00:01
becomes "libvirt's VF, attached while it runs: name" libvirt-vm owner name 1
is "kind" "$(owner kind 1)" vm
is "uuid" "$(owner uuid 1)" "$uuid"
is "managed by the orchestrator that marked it" "$(owner managed_by 1)" openstack
is "found in libvirt's own record" "$(owner source 1)" libvirt
is "the MAC that libvirt gave it" "$(label sriov_vf_info mac "pf=\"$pf\"" 'vf="1"')" 52:54:00:aa:00:01
is "the VM's memory" "$(metric sriov_workload_memory_bytes "uuid=\"$uuid\"")" $((128 * 1024 * 1024))
is "the VM's CPUs" "$(metric sriov_workload_vcpus "uuid=\"$uuid\"")" 1
is "one owner for each owned VF" "$(count_of sriov_vf_workload_info)" 2
is "assigned" "$(metric sriov_pf_vfs_assigned "pf=\"$pf\"")" 2
is "free" "$(metric sriov_pf_vfs_free "pf=\"$pf\"")" 1

stop_plain_qemu
becomes "a VF whose QEMU ended has no owner" "" owner name 0
virsh -q destroy libvirt-vm
becomes "nor has one whose domain ended" 0 count_of sriov_vf_workload_info
stop_libvirt
finished
