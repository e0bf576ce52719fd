# shellcheck shell=bash
# What the integration checks are made of. Each starts by sourcing this file and ends with "finished".

source "$ROOT/tests/tiers/tap.sh"
source "$ROOT/tests/tiers/agent.sh"

# Whatever a check started ends with it, failed or not. A check runs in a process group of its own (timeout makes it one).
trap 'stop_agent; [[ -z $(jobs -p) ]] || kill $(jobs -p) 2>/dev/null || true' EXIT

# make_host FOLDER PFS VFS: the files of a host whose out-of-tree driver keeps statistics of each VF in sysfs. Its PCI
# domain exists on no real machine, so nothing of the running kernel is mixed in.
make_host() {
  local tree=$1 pf vf device function
  mkdir -p "$tree"/sys/{bus/pci/{devices,drivers/ice},class/net,devices/pci} "$tree"/{etc,proc}
  echo 0123456789abcdef0123456789abcdef >"$tree/etc/machine-id"
  for ((pf = 0; pf < $2; pf++)); do
    device=$tree/sys/devices/pci/$(host_address "$pf" 00 0)
    host_function "$tree" "$(host_address "$pf" 00 0)"
    echo "$3" | tee "$device/sriov_totalvfs" >"$device/sriov_numvfs"
    mkdir -p "$device/net/ens$pf"
    ln -s ../.. "$device/net/ens$pf/device"
    ln -s "../../devices/pci/$(host_address "$pf" 00 0)/net/ens$pf" "$tree/sys/class/net/ens$pf"
    for ((vf = 0; vf < $3; vf++)); do
      function=$(host_address "$pf" 01 "$vf")
      host_function "$tree" "$function"
      ln -s "../$(basename "$device")" "$tree/sys/devices/pci/$function/physfn"
      ln -s "../$function" "$device/virtfn$vf"
      mkdir -p "$device/sriov/$vf/stats"
      write_vf_counters "$tree" "$pf" "$vf" 1000
    done
  done
}

# host_address PF DEVICE FUNCTION: functions beyond 7 continue on the next device.
host_address() { printf 'fab1:%02x:%02x.%d' "$1" $((16#$2 + $3 / 8)) $(($3 % 8)); }

host_function() {
  local device=$1/sys/devices/pci/$2
  mkdir -p "$device"
  ln -s "../../../devices/pci/$2" "$1/sys/bus/pci/devices/$2"
  ln -s ../../../bus/pci/drivers/ice "$device/driver"
  echo 0x8086 >"$device/vendor"
  echo 0x1592 >"$device/device"
  echo 0x020000 >"$device/class"
  echo 0 >"$device/numa_node"
}

# write_vf_counters ROOT PF VF BASE: each counter has a value of its own.
write_vf_counters() {
  local stats name n=0
  stats=$1/sys/devices/pci/$(host_address "$2" 00 0)/sriov/$3/stats
  for name in rx_bytes tx_bytes rx_packets tx_packets rx_broadcast rx_multicast rx_dropped tx_dropped; do
    echo $(($4 + 100 * $2 + 10 * $3 + n++)) >"$stats/$name"
  done
}
