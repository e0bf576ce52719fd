# shellcheck shell=bash
# Results of a check, as TAP. A check sources this, calls what follows, and ends with "finished".

TESTS_DONE=0

ok() { printf 'ok %d - %s\n' $((++TESTS_DONE)) "$1"; }

# not_ok NAME [DETAIL]: details are shown with the failure.
not_ok() {
  printf 'not ok %d - %s\n' $((++TESTS_DONE)) "$1"
  [[ -z ${2:-} ]] || printf '%s\n' "$2" | sed 's/^/# /'
}

# skip NAME REASON
skip() { printf 'ok %d - %s # SKIP %s\n' $((++TESTS_DONE)) "$1" "$2"; }

# is NAME ACTUAL EXPECTED
is() {
  if [[ $2 == "$3" ]]; then ok "$1"; else not_ok "$1" "$(printf 'got:      %s\nexpected: %s' "$2" "$3")"; fi
}

# check NAME COMMAND…: passes when the command succeeds; its output is the detail otherwise.
check() {
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then ok "$name"; else not_ok "$name" "$(printf '%s\n%s' "failed: $*" "$output")"; fi
}

# eventually SECONDS COMMAND…: true as soon as the command succeeds. Generous limits cost nothing when all is well.
eventually() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
}

# The plan comes last, so a script that dies on the way is seen to have died.
finished() {
  stop_agent
  printf '1..%d\n' "$TESTS_DONE"
}
