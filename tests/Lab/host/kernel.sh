# shellcheck shell=bash
# The lab's kernel: Debian's packages, unpacked below .cache/kernel and never installed, and two modules built for it.
# After prepare_kernel: KERNEL_VERSION, KERNEL_ROOT (boot/, lib/modules/, usr/src/) and LAB_MODULES (igb.ko, netdevsim.ko).

readonly KERNEL_SERIES=6.12

prepare_kernel() {
  KERNEL_ROOT=$CACHE/kernel/root
  LAB_MODULES=$CACHE/kernel/modules
  if [[ ! -e $CACHE/kernel/unpacked ]]; then
    logged lab-fetch-kernel fetch_kernel || return 1
  fi
  KERNEL_VERSION=$(cat "$CACHE/kernel/unpacked")
  local built_from
  built_from="$KERNEL_VERSION $(cat "$LAB/modules/igb_vf_stats.h" "$LAB/host/kernel.sh" | sha256sum)"
  if [[ $(cat "$LAB_MODULES/built-from" 2>/dev/null) != "$built_from" ]]; then
    logged lab-build-modules build_modules || return 1
    printf '%s\n' "$built_from" >"$LAB_MODULES/built-from"
  fi
}

fetch_kernel() {
  local version
  version=$(apt-cache search --names-only "^linux-image-${KERNEL_SERIES/./\\.}\..*-amd64-unsigned\$" |
    sed -n 's/^linux-image-\([0-9.]*+deb[0-9]*\)-amd64-unsigned .*/\1/p' | sort -V | tail -n 1)
  if [[ -z $version ]]; then
    warn "no linux-image-$KERNEL_SERIES*-amd64-unsigned in the apt lists: is the backports suite there?"
    return 1
  fi
  rm -rf "$CACHE/kernel"
  mkdir -p "$CACHE/kernel"
  local package
  for package in "linux-image-$version-amd64-unsigned" "linux-headers-$version-amd64" "linux-headers-$version-common" \
    "linux-kbuild-$version"; do
    unpack_package "$package" "$KERNEL_ROOT" || return 1
  done
  unpack_package "linux-source-$KERNEL_SERIES" "$CACHE/kernel/source" || return 1
  tar -xJf "$CACHE/kernel/source/usr/src/linux-source-$KERNEL_SERIES.tar.xz" -C "$CACHE/kernel/source" \
    --strip-components 1 --wildcards '*/drivers/net/ethernet/intel/igb/*' '*/drivers/net/netdevsim/*' || return 1
  rm -rf "$CACHE/kernel/source/usr"
  # With a vmlinux beside the headers, kbuild wants pahole to add type information that no test needs.
  rm -f "$KERNEL_ROOT/usr/src/linux-headers-$version-amd64/vmlinux"
  depmod -b "$KERNEL_ROOT" "$version-amd64" || return 1
  printf '%s-amd64\n' "$version" >"$CACHE/kernel/unpacked"
}

build_modules() {
  local headers=$KERNEL_ROOT/usr/src/linux-headers-$KERNEL_VERSION build=$CACHE/kernel/build
  rm -rf "$build" "$LAB_MODULES"
  mkdir -p "$build" "$LAB_MODULES"
  cp -r "$CACHE/kernel/source/drivers/net/ethernet/intel/igb" "$CACHE/kernel/source/drivers/net/netdevsim" "$build"
  cp "$LAB/modules/igb_vf_stats.h" "$build/igb"
  sed -i 's/^\t\.ndo_get_vf_config\t= .*/&\n\t.ndo_get_vf_stats\t= igb_ndo_get_vf_stats,/
    s/^static const struct net_device_ops igb_netdev_ops/#include "igb_vf_stats.h"\n\n&/' "$build/igb/igb_main.c"
  grep -q '= igb_ndo_get_vf_stats,' "$build/igb/igb_main.c" || {
    warn "igb_main.c of $KERNEL_VERSION no longer has the line after which the extra operation goes"
    return 1
  }
  # The packaged headers name each other by their installed path.
  sed -i "s|^include .*/usr/src/|include $KERNEL_ROOT/usr/src/|" "$headers/Makefile"
  make -C "$headers" M="$build/igb" CONFIG_IGB=m CONFIG_IGB_HWMON=y CONFIG_IGB_DCA=y modules || return 1
  make -C "$headers" M="$build/netdevsim" CONFIG_NETDEVSIM=m modules || return 1
  strip --strip-debug -o "$LAB_MODULES/igb.ko" "$build/igb/igb.ko"
  strip --strip-debug -o "$LAB_MODULES/netdevsim.ko" "$build/netdevsim/netdevsim.ko"
  rm -rf "$build"
}
