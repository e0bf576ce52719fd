# shellcheck shell=bash
# Virtual machines inside the lab's machine (emulation in emulation, without an operating system): they hold VFs.

prepare_vfio() {
  modprobe vfio_iommu_type1 allow_unsafe_interrupts=1
  modprobe vfio-pci
}

holds_vfio_group() {
  local group
  group=$(basename "$(readlink "/sys/bus/pci/devices/$2/iommu_group")")
  readlink "/proc/$1/fd/"* | grep -qx "/dev/vfio/$group"
}

# start_plain_qemu NAME UUID ADDRESS: as somebody's script would start it; sets QEMU_PID.
start_plain_qemu() {
  qemu-system-x86_64 -name "guest=$1" -uuid "$2" -machine q35 -accel tcg -m 128 -nodefaults -nographic -S \
    -device "vfio-pci,host=$3" </dev/null >/run/qemu-plain.log 2>&1 &
  QEMU_PID=$!
  if ! eventually 60 holds_vfio_group "$QEMU_PID" "$3"; then
    cat /run/qemu-plain.log >&2
    return 1
  fi
}

stop_plain_qemu() {
  kill "$QEMU_PID"
  wait "$QEMU_PID" || true
}

# start_libvirt: QEMU's driver alone, without the isolation that needs more of a host than the lab has.
start_libvirt() {
  cat >/etc/libvirt/qemu.conf <<'CONF'
user = "root"
group = "root"
security_driver = "none"
cgroup_controllers = []
namespaces = []
remember_owner = 0
stdio_handler = "file"
CONF
  libvirtd -d
  eventually 120 virsh -q list >/dev/null 2>&1
}

stop_libvirt() {
  local domain
  for domain in $(virsh -q list --name); do virsh -q destroy "$domain"; done
  kill "$(cat /run/libvirtd.pid)"
}

# define_domain NAME UUID [METADATA]: starts a paused domain with room for a hot-plugged device.
define_domain() {
  cat >"/run/$1.xml" <<XML
<domain type='qemu'>
  <name>$1</name>
  <uuid>$2</uuid>
  <metadata>${3:-}</metadata>
  <memory unit='MiB'>128</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <controller type='pci' model='pcie-root'/>
    <controller type='pci' model='pcie-root-port'/>
    <controller type='pci' model='pcie-root-port'/>
    <memballoon model='none'/>
  </devices>
</domain>
XML
  virsh -q create --paused "/run/$1.xml"
}

# attach_vf DOMAIN ADDRESS MAC: hot-plug, as an orchestrator does it.
attach_vf() {
  local domain bus slot function
  IFS=:. read -r domain bus slot function <<<"$2"
  cat >/run/vf.xml <<XML
<interface type='hostdev' managed='no'>
  <mac address='$3'/>
  <source><address type='pci' domain='0x$domain' bus='0x$bus' slot='0x$slot' function='0x$function'/></source>
</interface>
XML
  virsh -q attach-device "$1" /run/vf.xml
}
