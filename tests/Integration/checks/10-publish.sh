#!/usr/bin/env bash
# The binary that users get: no warning about trimming or ahead-of-time compilation, and not grown beyond its size.
set -euo pipefail
source "$ROOT/tests/Integration/lib.sh"

readonly LARGEST=$((16 * 1024 * 1024))

is "publishing warns of nothing" "$(grep -ciE 'warning (IL|[A-Z]+)[0-9]+' "$PUBLISH_LOG" || true)" 0
check "the binary has at most $LARGEST bytes" test "$(stat -c %s "$AGENT")" -le "$LARGEST"
check "it is a native program" test "$(head -c 4 "$AGENT" | tr -d '\177')" = ELF
check "it needs no library besides the C runtime's and zlib" test -z "$(ldd "$AGENT" | awk '{ print $1 }' | grep -vE '^(linux-vdso|/lib64/ld-linux|libc\.|libm\.|libdl\.|libpthread\.|librt\.|libgcc_s\.|libz\.)' || true)"
finished
