# shellcheck shell=bash
# Physical and virtual functions of the lab's machine (the table is in host/machine.sh).

pf_address() { printf '0000:%02x:00.0' $(($1 + 1)); }
pf_device() { printf '/sys/bus/pci/devices/%s' "$(pf_address "$1")"; }
vf_address() { basename "$(readlink -f "$(pf_device "$1")/virtfn$2")"; }
netdev_of() { basename "$(echo "/sys/bus/pci/devices/$1/net/"*)"; }
pf_name() { netdev_of "$(pf_address "$1")"; }
vf_name() { netdev_of "$(vf_address "$1" "$2")"; }
vf_mac() { printf '52:54:00:00:0%d:0%d' $(($1 + 1)) "$2"; }

has_netdev() { [[ -d /sys/bus/pci/devices/$1/net ]]; }
has_carrier() { [[ $(cat "/sys/class/net/$1/carrier" 2>/dev/null) == 1 ]]; }

# clear_machine: what a check left behind, however it ended: programs, namespaces, devices.
clear_machine() {
  local program namespace
  for program in /proc/[0-9]*; do
    # Kernel threads have no executable.
    if [[ ${program##*/} != 1 && ${program##*/} != "$BASHPID" ]] && readlink "$program/exe" >/dev/null 2>&1; then
      kill -9 "${program##*/}" 2>/dev/null
    fi
  done
  for namespace in $(ip netns list | cut -d' ' -f1); do ip netns delete "$namespace"; done
  if [[ -d /sys/bus/netdevsim/devices/netdevsim1 ]]; then remove_netdevsim; fi
  unload_igb
}

# --- igb ------------------------------------------------------------------------------------------------------------

unload_igb() {
  local pf
  for pf in 0 1 2; do
    [[ ! -e $(pf_device "$pf")/driver ]] || echo 0 >"$(pf_device "$pf")/sriov_numvfs"
  done
  modprobe -r igbvf
  if [[ -d /sys/module/igb ]]; then rmmod igb; fi
}

load_stock_igb() {
  unload_igb
  modprobe igb
  start_pfs
}

load_igb_with_vf_stats() {
  unload_igb
  modprobe -a dca i2c_algo_bit ptp
  insmod "$LAB_MODULES/igb.ko"
  start_pfs
}

start_pfs() {
  local pf
  for pf in 0 1 2; do
    eventually 30 has_netdev "$(pf_address "$pf")"
    ip link set "$(pf_name "$pf")" up
  done
  for pf in 0 1 2; do eventually 30 has_carrier "$(pf_name "$pf")"; done
}

# create_vfs PF COUNT: VFs without a driver, each with a MAC address given by the PF, as libvirt does it.
create_vfs() {
  local vf
  echo 0 >"$(pf_device "$1")/sriov_drivers_autoprobe"
  echo "$2" >"$(pf_device "$1")/sriov_numvfs"
  for ((vf = 0; vf < $2; vf++)); do
    ip link set "$(pf_name "$1")" vf "$vf" mac "$(vf_mac "$1" "$vf")"
  done
}

remove_vfs() { echo 0 >"$(pf_device "$1")/sriov_numvfs"; }

# bind_vf PF VF DRIVER
bind_vf() {
  local address
  address=$(vf_address "$1" "$2")
  modprobe "$3"
  echo "$3" >"/sys/bus/pci/devices/$address/driver_override"
  echo "$address" >/sys/bus/pci/drivers_probe
  [[ -e /sys/bus/pci/devices/$address/driver ]]
}

# vf_into_namespace PF VF NAMESPACE ADDRESS: its netdev, up and with the IPv4 address, in a namespace of its own.
vf_into_namespace() {
  local name
  bind_vf "$1" "$2" igbvf
  eventually 30 has_netdev "$(vf_address "$1" "$2")"
  name=$(vf_name "$1" "$2")
  ip netns add "$3"
  ip link set "$name" netns "$3"
  # Silence but for the pings: no router or address discovery of IPv6.
  ip netns exec "$3" sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
  ip -n "$3" address add "$4/24" dev "$name"
  ip -n "$3" link set "$name" up
}

remove_namespaces() {
  local namespace
  for namespace in "$@"; do ip netns delete "$namespace"; done
}

# ping_between NAMESPACE ADDRESS COUNT [SIZE]: the link may need its seconds, so the first answer is waited for.
ping_between() {
  eventually 60 ip netns exec "$1" ping -q -c 1 -W 1 "$2" >/dev/null
  ip netns exec "$1" ping -q -c "$3" -i 0.05 -s "${4:-56}" -W 5 "$2"
}

# kernel_vf_counters PF VF: "rx_bytes rx_packets tx_bytes tx_packets multicast broadcast rx_dropped tx_dropped", by iproute2.
kernel_vf_counters() {
  ip -s link show dev "$1" | awk -v vf="$2" '
    $1 == "vf" { mine = ($2 == vf) }
    mine && $1 == "RX:" { getline; rx_bytes = $1; rx_packets = $2; multicast = $3; broadcast = $4; rx_dropped = $5 }
    mine && $1 == "TX:" { getline; tx_bytes = $1; tx_packets = $2; tx_dropped = $3 }
    END { print rx_bytes + 0, rx_packets + 0, tx_bytes + 0, tx_packets + 0, multicast + 0, broadcast + 0, rx_dropped + 0, tx_dropped + 0 }'
}

# --- netdevsim ------------------------------------------------------------------------------------------------------

# create_netdevsim VFS: device netdevsim1 with one port and that many VFs; its netdev's name is printed.
create_netdevsim() {
  if [[ ! -d /sys/module/netdevsim ]]; then
    modprobe psample
    insmod "$LAB_MODULES/netdevsim.ko"
  fi
  echo "1 1" >/sys/bus/netdevsim/new_device
  echo "$1" >/sys/kernel/debug/netdevsim/netdevsim1/max_vfs
  echo "$1" >/sys/bus/netdevsim/devices/netdevsim1/sriov_numvfs
  netdevsim_name
}

netdevsim_name() { basename "$(echo /sys/bus/netdevsim/devices/netdevsim1/net/*)"; }

remove_netdevsim() { echo 1 >/sys/bus/netdevsim/del_device; }
