#!/usr/bin/env bash
# The agent as published, inside an emulated machine with a Debian kernel and real VFs (docs/lab.md).
set -euo pipefail
TIER=lab-kernel
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/dotnet.sh"

# Each with the packages that must come from backports with it: apt takes the others from the release itself.
readonly BACKPORTS=(qemu-system-x86 qemu-system-common qemu-system-data seabios
  libvirt-daemon libvirt-clients libvirt-daemon-driver-qemu)
readonly PACKAGES=(busybox-static cpio kmod xz-utils make gcc binutils libc6-dev zlib1g-dev curl iproute2 iputils-ping ethtool procps)

[[ $(debian_codename) == bookworm && $(uname -m) == x86_64 ]] || cannot_run "the lab is built from Debian 12's packages for amd64"
need_dotnet
section "lab-kernel: packages"
if may_install; then
  if [[ -n $(missing_packages "${PACKAGES[@]}" "${BACKPORTS[@]}") || ! -e $CACHE/kernel/unpacked ]]; then apt_lists; fi
  install_missing "${PACKAGES[@]}" "${BACKPORTS[@]/%//bookworm-backports}"
else
  absent=$(missing_packages "${PACKAGES[@]}" "${BACKPORTS[@]}")
  [[ -z $absent ]] || cannot_run "not root, and these packages are missing: $absent"
fi

section "lab-kernel: agent"
publish_agent || report_counts 0 1 0
exec "$ROOT/tests/Lab/run"
