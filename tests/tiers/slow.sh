#!/usr/bin/env bash
# Full fuzzing: the property tests of the byte readers with ten million mutated buffers.
set -euo pipefail
TIER=slow
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/dotnet.sh"

need_dotnet
cd "$ROOT"
export SRIOVPULSE_FUZZ_ITERATIONS=${SRIOVPULSE_FUZZ_ITERATIONS:-10000000}
printf '  %d buffers per property\n' "$SRIOVPULSE_FUZZ_ITERATIONS"
logged build-slow dotnet build tests/SriovPulse.Linux.Tests -c Release -v quiet -nologo || report_counts 0 1 0
run_test_projects Release tests/SriovPulse.Linux.Tests/SriovPulse.Linux.Tests.csproj
