# shellcheck shell=bash
# Builds and runs the .NET test projects (each is a program, as xunit.v3 makes them) and counts what they did.

# No greeting, no certificate for developers put into the user's profile, nothing sent home.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false

need_dotnet() {
  command -v dotnet >/dev/null || cannot_run "no dotnet command: install the .NET SDK that global.json names"
}

# The agent as users get it, at .cache/agent/sriovpulse-agent. Needs gcc and zlib1g-dev.
publish_agent() {
  logged publish-agent dotnet publish "$ROOT/src/SriovPulse.Agent" -c Release -r linux-x64 -o "$CACHE/agent" -v quiet -nologo
}

# The command as users get it where the .NET runtime is installed, at .cache/cli/sriovpulse.
publish_cli() {
  logged publish-cli dotnet publish "$ROOT/src/SriovPulse.Cli" -c Release -o "$CACHE/cli" -v quiet -nologo
}

# The program that compares the engine with Prometheus, at .cache/differential/SriovPulse.Differential.
publish_differential() {
  logged publish-differential dotnet publish "$ROOT/tests/SriovPulse.Differential" -c Release -o "$CACHE/differential" -v quiet -nologo
}

# run_test_projects CONFIGURATION PROJECT…: a line per project, the log's end for one that failed, then the tier's counts.
# A project in which no test ran counts as a failure: it would otherwise pass by doing nothing.
run_test_projects() {
  local configuration=$1 name results status counts total passed failed errors
  local sum_passed=0 sum_failed=0 sum_skipped=0
  shift
  mkdir -p "$CACHE/results"
  for project in "$@"; do
    name=$(basename "$project" .csproj)
    results=$CACHE/results/$name.xml
    rm -f "$results"
    status=0
    logged "$name" "$(dirname "$project")/bin/$configuration/net10.0/$name" \
      -noLogo -noColor -noAutoReporters -longRunning 120 -result-xml "$results" || status=$?
    total=0 passed=0 failed=0 errors=0
    if [[ -s $results ]]; then
      counts=$(grep -o -m 1 '<assembly [^>]*>' "$results")
      total=$(attribute total "$counts") passed=$(attribute passed "$counts")
      failed=$(attribute failed "$counts") errors=$(attribute errors "$counts")
    fi
    if ((passed + failed + errors == 0)); then
      printf '  %s: no test ran\n' "$name"
      errors=1
    elif ((status != 0 && failed + errors == 0)); then
      printf '  %s: status %d although no test failed\n' "$name" "$status"
      errors=1
    fi
    ((total == passed + failed)) || grep -A 1 -F ' [SKIP]' "$LOGS/$name.log" | sed -n 's/^ *//; /^--$/d; s/^/    /p'
    printf '  %s: %d passed, %d failed, %d skipped\n' "$name" "$passed" $((failed + errors)) $((total - passed - failed))
    sum_passed=$((sum_passed + passed)) sum_failed=$((sum_failed + failed + errors))
    sum_skipped=$((sum_skipped + total - passed - failed))
  done
  report_counts "$sum_passed" "$sum_failed" "$sum_skipped"
}

attribute() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$2"; }
