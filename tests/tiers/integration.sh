#!/usr/bin/env bash
# The published agent and controller, and the programs that they work with: real Prometheus servers, promtool, a strict OpenMetrics
# parser.
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


# An oracle for the language as it is today. A run without it compares what did not change, and says so.
PROMETHEUS3=$CACHE/prometheus3/usr/bin
is_prometheus3() { "$PROMETHEUS3/prometheus" --version 2>&1 | grep -q 'version 3\.'; }
is_prometheus3 || { may_install && logged fetch-prometheus3 unpack_from_suite sid prometheus "$CACHE/prometheus3" && is_prometheus3; } || PROMETHEUS3=

section "integration: programs"
publish_agent && publish_cli && publish_differential || report_counts 0 1 0

section "integration: checks"
RESULTS=$CACHE/integration
rm -rf "$RESULTS"
mkdir -p "$RESULTS"
export ROOT AGENT=$CACHE/agent/sriovpulse-agent PROMETHEUS PROMETHEUS3 PUBLISH_LOG=$LOGS/publish-agent.log
export SRIOVPULSE=$CACHE/cli/sriovpulse DIFFERENTIAL=$CACHE/differential/SriovPulse.Differential
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
