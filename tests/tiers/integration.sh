#!/usr/bin/env bash
# The published agent and the programs that it works with: a real Prometheus, promtool, a strict OpenMetrics parser.
# Everything listens on loopback.
set -euo pipefail
TIER=integration
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/dotnet.sh"

readonly PACKAGES=(curl gcc libc6-dev zlib1g-dev openssl procps python3 python3-prometheus-client)
readonly CHECK_LIMIT=300

need_dotnet
section "integration: packages"
PROMETHEUS=$CACHE/prometheus/usr/bin
if may_install; then
  if [[ -n $(missing_packages "${PACKAGES[@]}") || ! -x $PROMETHEUS/prometheus ]]; then apt_lists; fi
  install_missing "${PACKAGES[@]}"
else
  absent=$(missing_packages "${PACKAGES[@]}")
  [[ -z $absent ]] || cannot_run "not root, and these packages are missing: $absent"
fi
# Unpacked, not installed: the package's service is nobody's wish.
[[ -x $PROMETHEUS/prometheus ]] || logged fetch-prometheus unpack_package prometheus "$CACHE/prometheus" ||
  cannot_run "the prometheus package cannot be fetched"

section "integration: agent"
publish_agent || report_counts 0 1 0

section "integration: checks"
RESULTS=$CACHE/integration
rm -rf "$RESULTS"
mkdir -p "$RESULTS"
export ROOT AGENT=$CACHE/agent/sriovpulse-agent PROMETHEUS PUBLISH_LOG=$LOGS/publish-agent.log
for script in "$ROOT"/tests/Integration/checks/*.sh; do
  name=$(basename "$script" .sh)
  printf '%s\n' "$name" >>"$RESULTS/plan"
  started=$SECONDS
  SCRATCH=$(mktemp -d)
  AGENT_ADDRESS=127.0.0.1:$(/usr/bin/python3 "$ROOT/tests/Integration/free-port.py")
  export SCRATCH AGENT_ADDRESS
  timeout -k 10 "$CHECK_LIMIT" bash "$script" >"$RESULTS/$name.tap" 2>"$RESULTS/$name.log" </dev/null ||
    printf 'status %d\n' $? >>"$RESULTS/$name.log"
  rm -rf "$SCRATCH"
  printf '%d\n' $((SECONDS - started)) >"$RESULTS/$name.done"
  show_check "$RESULTS" "$name"
done
report_checks "$RESULTS"
