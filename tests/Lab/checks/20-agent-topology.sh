#!/usr/bin/env bash
# PFs and VFs as sysfs has them.
set -euo pipefail
source "$LAB/guest/lib.sh"

load_stock_igb
create_vfs 0 3
create_vfs 1 7
bind_vf 0 0 igbvf
start_agent

is "three PFs" "$(count_of sriov_pf_info)" 3
is "ten VFs" "$(count_of sriov_vf_info)" 10
expected=$(for pf in 0 1 2; do
  device=$(pf_device "$pf")
  printf '%s %s igb %s %s\n' "$(pf_name "$pf")" "$(pf_address "$pf")" "$(sed s/^0x// "$device/vendor")" "$(sed s/^0x// "$device/device")"
done | sort)
is "each PF's address, driver, vendor and device" "$(table sriov_pf_info pf pci_address driver vendor_id device_id)" "$expected"
for pf in 0 1 2; do
  name=$(pf_name "$pf")
  address=$(pf_address "$pf")
  is "PF $pf: VFs supported" "$(metric sriov_pf_vfs_supported "pf=\"$name\"")" "$(cat "/sys/bus/pci/devices/$address/sriov_totalvfs")"
  is "PF $pf: VFs enabled" "$(metric sriov_pf_vfs_enabled "pf=\"$name\"")" "$(cat "/sys/bus/pci/devices/$address/sriov_numvfs")"
  is "PF $pf: up" "$(metric sriov_pf_up "pf=\"$name\"")" 1
  is "PF $pf: speed of the link" "$(metric sriov_pf_speed_bytes_per_second "pf=\"$name\"")" $(($(cat "/sys/class/net/$name/speed") * 125000))
  is "PF $pf: MTU" "$(metric sriov_pf_mtu_bytes "pf=\"$name\"")" "$(cat "/sys/class/net/$name/mtu")"
done
expected=$(for pf in 0 1; do
  for link in "$(pf_device "$pf")"/virtfn*; do
    printf '%s %s %s %s %s\n' "$(pf_name "$pf")" "${link##*virtfn}" "$(basename "$(readlink "$link")")" \
      "$(basename "$(readlink "$link/iommu_group")")" "$(basename "$(readlink "$link/driver" || true)")"
  done
done | sort)
is "each VF's address, IOMMU group and driver" "$(table sriov_vf_info pf vf pci_address iommu_group driver)" "$expected"

create_vfs 2 2
becomes "VFs made while the agent runs appear" 2 count_of sriov_vf_info "pf=\"$(pf_name 2)\""
remove_vfs 2
becomes "VFs removed while the agent runs vanish" 0 count_of sriov_vf_info "pf=\"$(pf_name 2)\""
is "and nothing of them stays" "$(grep -c "^sriov_vf.*pf=\"$(pf_name 2)\"" "$SCRAPE" || true)" 0
old=$(pf_name 2)
ip link set "$old" down
ip link set "$old" name uplink2
becomes "a renamed PF is told by its new name" 0000:03:00.0 label sriov_pf_info pci_address 'pf="uplink2"'
is "and no longer by its old one" "$(count_of sriov_pf_info "pf=\"$old\"")" 0
is "a PF that is down says so" "$(metric sriov_pf_up 'pf="uplink2"')" 0
finished
