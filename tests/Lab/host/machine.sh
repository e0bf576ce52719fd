# shellcheck shell=bash
# The lab's machine: a q35 PC in software emulation with three igb PFs of seven VFs each, an IOMMU, and the host's root.
#
# 2560 MiB and no more: with memory above 4 GiB (q35 puts it there from 2.75 GiB on) the firmware places the VFs' address
# ranges above 4 GiB too, where QEMU 10.0's igb does not map them ("PF still in reset state" in the VF driver's log).
#
# Both processors on one thread of the host: with a thread for each, QEMU 10.0 now and then aborts while VFs come and go
# ("iotlb_to_section: Assertion `section_index < d->map.sections_nb' failed").
#
#   PF   address        MAC                 wire
#   0    0000:01:00.0   52:54:00:00:00:01   joined with PF 1's
#   1    0000:02:00.0   52:54:00:00:00:02   joined with PF 0's
#   2    0000:03:00.0   52:54:00:00:00:03   alone

# machine_command RESULTS MODE: fills the array MACHINE. MODE is "checks" or "shell".
machine_command() {
  local results=$1 mode=$2 pf wire
  # shellcheck disable=SC2054 # the commas are QEMU's
  MACHINE=(qemu-system-x86_64 -nodefaults -no-user-config -nographic -no-reboot
    -machine q35,kernel-irqchip=off -accel "${SRIOVPULSE_LAB_ACCEL:-tcg,thread=single}" -cpu max -smp 2 -m 2560M
    -device intel-iommu,intremap=off,caching-mode=on
    -kernel "$KERNEL_ROOT/boot/vmlinuz-$KERNEL_VERSION" -initrd "$INITRAMFS"
    -append "console=ttyS0 panic=-1 quiet random.trust_cpu=on intel_iommu=on iommu=pt lab.folder=$LAB lab.mode=$mode"
    -virtfs "local,path=/,mount_tag=hostroot,security_model=none,readonly=on,multidevs=remap"
    -virtfs "local,path=$results,mount_tag=results,security_model=none,multidevs=remap")
  if [[ $mode == shell ]]; then
    MACHINE+=(-serial mon:stdio)
  else
    MACHINE+=(-serial "file:$results/console.log" -monitor none)
  fi
  # Only behind a root port do the VFs' address ranges come out right.
  for pf in 0 1 2; do
    wire=$((pf / 2))
    MACHINE+=(-device "pcie-root-port,id=port$pf,bus=pcie.0,chassis=$((pf + 1)),slot=$((pf + 1)),pref64-reserve=16M"
      -netdev "hubport,id=wire$pf,hubid=$wire"
      -device "igb,bus=port$pf,netdev=wire$pf,mac=52:54:00:00:00:0$((pf + 1))")
  done
}
