#!/usr/bin/env bash
# Every tests/*.Tests project: no privileges, no network beyond loopback, no SR-IOV.
set -euo pipefail
TIER=unit
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/dotnet.sh"

need_dotnet
cd "$ROOT"
logged build dotnet build SriovPulse.sln -v quiet -nologo || report_counts 0 1 0
run_test_projects Debug tests/*.Tests/*.csproj
