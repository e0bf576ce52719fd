#!/usr/bin/env bash
# One exposition on standard output, and exit codes that scripts can use.
set -euo pipefail
source "$ROOT/tests/Integration/lib.sh"

make_host "$SCRATCH/root" 1 2
status=0
"$AGENT" --once --path.rootfs "$SCRATCH/root" >"$SCRATCH/once" || status=$?
is "--once succeeds" "$status" 0
is "and prints the VFs" "$(grep -c '^sriov_vf_info' "$SCRATCH/once")" 2
is "as promtool wants it" "$("$PROMETHEUS/promtool" check metrics <"$SCRATCH/once" 2>&1)" ""

mkdir "$SCRATCH/nothing"
status=0
"$AGENT" --once --path.rootfs "$SCRATCH/nothing" >/dev/null 2>"$SCRATCH/error" || status=$?
is "nothing to be read is a failure" "$status" 1
check "and said" grep -q 'nothing could be read' "$SCRATCH/error"

status=0
"$AGENT" --once --no-such-flag >/dev/null 2>"$SCRATCH/error" || status=$?
is "an unknown flag is wrong usage" "$status" 2
check "and named" grep -q -e '--no-such-flag' "$SCRATCH/error"

printf 'web:\n  listen-adress: ":1"\n' >"$SCRATCH/agent.yaml"
status=0
"$AGENT" --once --config "$SCRATCH/agent.yaml" >/dev/null 2>"$SCRATCH/error" || status=$?
is "an unknown key is wrong usage" "$status" 2
check "named with file, line and column" grep -q 'agent.yaml:2:3.*listen-adress' "$SCRATCH/error"
finished
