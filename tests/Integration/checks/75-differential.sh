#!/usr/bin/env bash
# The same history in a real Prometheus and in the engine, the same questions to both.
set -euo pipefail
source "$ROOT/tests/Integration/lib.sh"

readonly SEED=1 QUESTIONS=1200

"$DIFFERENTIAL" data "$SCRATCH/fleet.om" "$SEED"
"$PROMETHEUS/promtool" tsdb create-blocks-from openmetrics "$SCRATCH/fleet.om" "$SCRATCH/blocks" >"$SCRATCH/promtool.log"
# The engine's default step of subqueries.
echo 'global: {evaluation_interval: 1m}' >"$SCRATCH/prometheus.yml"

# against NAME PROGRAM: all questions to the engine and that Prometheus.
against() {
  local name=$1 program=$2 port pid status=0
  port=$(/usr/bin/python3 "$ROOT/tests/Integration/free-port.py")
  rm -rf "$SCRATCH/data"
  cp -r "$SCRATCH/blocks" "$SCRATCH/data"
  "$program" --config.file "$SCRATCH/prometheus.yml" --storage.tsdb.path "$SCRATCH/data" --storage.tsdb.retention.time 100y \
    --web.listen-address "127.0.0.1:$port" >"$SCRATCH/prometheus.log" 2>&1 &
  pid=$!
  eventually 60 curl -sf -o /dev/null "http://127.0.0.1:$port/-/ready"
  "$DIFFERENTIAL" compare "$SCRATCH/fleet.om" "$SEED" "http://127.0.0.1:$port" "$QUESTIONS" >"$SCRATCH/answers" || status=$?
  kill "$pid"
  wait "$pid" 2>/dev/null || true
  grep -E '^# (same|both|known)' "$SCRATCH/answers" || true
  is "$name and the engine agree on $QUESTIONS questions" "$(grep -vE '^# (same|both|known)' "$SCRATCH/answers")" "# disagreements: 0"
  is "all questions were asked of $name" "$status" 0
}

if [[ -n ${PROMETHEUS3:-} ]]; then
  against "Prometheus 3" "$PROMETHEUS3/prometheus"
else
  skip "Prometheus 3 and the engine agree" "no Prometheus 3 could be unpacked from a newer Debian suite; only what did not change since version 2 is compared"
  against "Prometheus 2" "$PROMETHEUS/prometheus"
fi
finished
