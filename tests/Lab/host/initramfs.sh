# shellcheck shell=bash
# A few megabytes that mount the host's root and hand over to it. After prepare_initramfs: INITRAMFS.

prepare_initramfs() {
  INITRAMFS=$CACHE/lab/initramfs-$KERNEL_VERSION.cpio.gz
  mkdir -p "$CACHE/lab"
  if [[ ! -e $INITRAMFS || $LAB/guest/init -nt $INITRAMFS || $LAB/host/initramfs.sh -nt $INITRAMFS ]]; then
    logged lab-initramfs build_initramfs
  fi
}

build_initramfs() {
  local tree=$CACHE/lab/initramfs module file
  rm -rf "$tree"
  mkdir -p "$tree"/{bin,dev,proc,sys,host,top,new,modules}
  cp /bin/busybox "$tree/bin/busybox"
  cp "$LAB/guest/init" "$tree/init"
  chmod +x "$tree/init"
  # In the order of loading, each before what needs it.
  for module in 9pnet_virtio 9p overlay; do
    modprobe -S "$KERNEL_VERSION" -d "$KERNEL_ROOT" --show-depends "$module" || return 1
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' >"$tree/modules/files" || return 1
  while read -r file; do
    cp "$file" "$tree/modules/"
    file=$(basename "$file")
    [[ $file != *.xz ]] || xz -d "$tree/modules/$file"
    printf '%s\n' "${file%.xz}" >>"$tree/modules/order"
  done <"$tree/modules/files"
  (cd "$tree" && find . | cpio -o -H newc --quiet | gzip -1) >"$INITRAMFS.new" || return 1
  mv "$INITRAMFS.new" "$INITRAMFS"
  rm -rf "$tree"
}
