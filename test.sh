#!/usr/bin/env bash
# Runs the tests, tier by tier: ./test.sh [--strict] [tier…]
#
#   unit         every tests/*.Tests project
#   integration  the published agent with a real Prometheus, promtool, a strict OpenMetrics parser
#   lab-kernel   the published agent in an emulated machine with real VFs (docs/lab.md)
#   slow         not part of a run without arguments: fuzzing with ten million buffers
#
# Without arguments every tier but the slow one runs, after its own set-up; a tier that cannot run on this machine is
# named with the reason. A tier asked for by name, or any tier under --strict, must run.
# Logs are in .cache/logs. The last line is the total: "N passed, N failed, N skipped".
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly TIERS=(unit integration lab-kernel) NAMED_ONLY=(slow) TIER_CANNOT_RUN=75

usage() { sed -n '2,/^set /{s/^# \{0,1\}//p}' "$0"; }

strict=0
chosen=()
for argument in "$@"; do
  case $argument in
    --strict) strict=1 ;;
    -h | --help)
      usage
      exit 0
      ;;
    *)
      if [[ " ${TIERS[*]} ${NAMED_ONLY[*]} " != *" $argument "* ]]; then
        printf 'test.sh: no tier "%s"; there are: %s\n' "$argument" "${TIERS[*]} ${NAMED_ONLY[*]}" >&2
        exit 2
      fi
      chosen+=("$argument")
      ;;
  esac
done
if ((${#chosen[@]})); then
  strict=1
else
  chosen=("${TIERS[@]}")
fi

counts=$(mktemp)
trap 'rm -f "$counts"' EXIT
passed=0 failed=0 skipped=0 not_run=()

for tier in "${chosen[@]}"; do
  printf '\n=== %s\n' "$tier"
  started=$SECONDS status=0
  : >"$counts"
  TIER_COUNTS=$counts "$ROOT/tests/tiers/$tier.sh" || status=$?
  if ((status == TIER_CANNOT_RUN)); then
    not_run+=("$tier")
    skipped=$((skipped + 1))
    ((!strict)) || failed=$((failed + 1))
    printf '=== %s: did not run\n' "$tier"
    continue
  fi
  tier_passed=0 tier_failed=0 tier_skipped=0
  read -r tier_passed tier_failed tier_skipped <"$counts" || true
  # A tier that died before it could count has failed once.
  if ((status != 0 && ${tier_failed:-0} == 0)); then tier_failed=1; fi
  passed=$((passed + ${tier_passed:-0})) failed=$((failed + ${tier_failed:-0})) skipped=$((skipped + ${tier_skipped:-0}))
  printf '=== %s: %s in %d s\n' "$tier" "$( ((status == 0)) && echo passed || echo FAILED)" $((SECONDS - started))
done

printf '\n'
((${#not_run[@]} == 0)) || printf 'tiers that did not run: %s\n' "${not_run[*]}"
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0 && passed > 0))
