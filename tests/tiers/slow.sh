#!/usr/bin/env bash
# Full fuzzing: the property tests of everything that reads bytes (netlink, expositions, snapshots) with ten million mutated inputs each.
set -euo pipefail
TIER=slow
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/dotnet.sh"

need_dotnet
cd "$ROOT"
export SRIOVPULSE_FUZZ_ITERATIONS=${SRIOVPULSE_FUZZ_ITERATIONS:-10000000}
printf '  %d buffers per property\n' "$SRIOVPULSE_FUZZ_ITERATIONS"
readonly PROJECTS=(tests/SriovPulse.Linux.Tests tests/SriovPulse.Metrics.Tests)
for project in "${PROJECTS[@]}"; do
  logged "build-slow-$(basename "$project")" dotnet build "$project" -c Release -v quiet -nologo || report_counts 0 1 0
done
run_test_projects Release tests/SriovPulse.{Linux,Metrics}.Tests/*.csproj
