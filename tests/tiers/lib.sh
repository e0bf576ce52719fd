# shellcheck shell=bash
# What every tier needs: sections, logs, counts, and Debian packages without surprises.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CACHE=$ROOT/.cache
LOGS=$CACHE/logs
mkdir -p "$LOGS"

# Exit status by which a tier says "I cannot run here"; its last line says why.
TIER_CANNOT_RUN=75

section() { printf '\n== %s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }

cannot_run() {
  printf 'cannot run here: %s\n' "$*"
  exit "$TIER_CANNOT_RUN"
}

# logged NAME COMMAND…: the output goes to .cache/logs/NAME.log; a terminal sees the newest line, a pipe one line at the
# end. On failure the log's end is shown and the status returned.
logged() {
  local name=$1 log status=0 started=$SECONDS
  log=$LOGS/$name.log
  shift
  if [[ -t 1 ]]; then
    "$@" >"$log" 2>&1 </dev/null &
    local pid=$! columns=${COLUMNS:-80}
    while kill -0 "$pid" 2>/dev/null; do
      printf '\r\033[K  %s %ds: %.*s' "$name" $((SECONDS - started)) $((columns - ${#name} - 12)) "$(tail -n 1 "$log" | tr -cd '[:print:]')"
      sleep 1
    done
    wait "$pid" || status=$?
    printf '\r\033[K'
  else
    "$@" >"$log" 2>&1 </dev/null || status=$?
  fi
  if ((status == 0)); then
    printf '  %s: done in %d s\n' "$name" $((SECONDS - started))
  else
    printf '  %s: FAILED with status %d after %d s; the end of %s:\n' "$name" "$status" $((SECONDS - started)) "${log#"$ROOT"/}"
    tail -n 60 "$log" | sed 's/^/    /'
  fi
  return "$status"
}

# report_counts PASSED FAILED SKIPPED: the tier's own line, and the same for test.sh. Ends the tier.
report_counts() {
  printf '%s: %d passed, %d failed, %d skipped\n' "${TIER:-tier}" "$1" "$2" "$3"
  [[ -z ${TIER_COUNTS:-} ]] || printf '%d %d %d\n' "$1" "$2" "$3" >"$TIER_COUNTS"
  (($2 == 0 && $1 > 0)) || exit 1
  exit 0
}

# count_tap FILE…: "passed failed skipped" of TAP results ("ok 1 - name", "not ok 2 - name", "ok 3 - name # SKIP why").
count_tap() {
  awk '
    /^ok / { if (toupper($0) ~ /# SKIP/) skipped++; else passed++ }
    /^not ok / { failed++ }
    END { print passed + 0, failed + 0, skipped + 0 }' "$@"
}

# A check is a script that writes TAP. A folder of results has "plan" (the checks' names, one per line) and for each check
# NAME.tap, NAME.log (its standard error) and NAME.done (seconds it took, written when it has ended).

# show_check RESULTS NAME
show_check() {
  printf '  %s (%s s)\n' "$2" "$(cat "$1/$2.done")"
  sed -n 's/^ok /    ok /p; s/^not ok /    NOT OK /p; s/^# /      # /p' "$1/$2.tap"
}

# report_checks RESULTS: the tier's counts. A check that died or never ran has one more failure than its TAP shows: no
# result may get lost.
report_checks() {
  local name counts taps
  while read -r name; do
    if [[ ! -e $1/$name.done ]]; then
      printf 'not ok - %s did not finish\n' "$name" >>"$1/$name.tap"
      printf '  %s: did not finish\n' "$name"
    elif ! grep -q '^1\.\.[1-9]' "$1/$name.tap"; then
      printf 'not ok - %s ended before its plan\n' "$name" >>"$1/$name.tap"
      printf '  %s: ended before its plan\n' "$name"
    fi
    if grep -q '^not ok' "$1/$name.tap" && [[ -s $1/$name.log ]]; then
      printf '  --- the end of %s.log:\n' "$name"
      tail -n 40 "$1/$name.log" | sed 's/^/    /'
    fi
  done <"$1/plan"
  mapfile -t taps < <(sed "s|.*|$1/&.tap|" "$1/plan")
  read -r -a counts < <(count_tap "${taps[@]}")
  report_counts "${counts[@]}"
}

# --- Debian ---------------------------------------------------------------------------------------------------------

debian_codename() { (. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}"); }

may_install() { ((EUID == 0)) && command -v apt-get >/dev/null; }

debian_apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=5 -o DPkg::Lock::Timeout=900 -o APT::Sandbox::User=root "$@"
}

# suite_sources SUITE TARGET: writes TARGET.sources or TARGET.list: a suite from the very mirrors this machine uses, its own
# entries for the release with the suite replaced.
suite_sources() {
  local suite=$1 target=$2 codename sources=() lists=()
  codename=$(debian_codename)
  shopt -s nullglob
  sources=(/etc/apt/sources.list.d/*.sources)
  lists=(/etc/apt/sources.list.d/*.list)
  shopt -u nullglob
  [[ ! -f /etc/apt/sources.list ]] || lists+=(/etc/apt/sources.list)
  if ((${#sources[@]})); then
    awk -v codename="$codename" -v suite="$suite" '
      BEGIN { RS = ""; FS = "\n" }
      tolower($0) ~ /(^|\n)enabled: *(no|false)/ { next }
      {
        stanza = ""; mine = 0
        for (i = 1; i <= NF; i++) {
          line = $i
          if (line ~ /^#/) continue
          if (line ~ "^Suites:(.* )?" codename "( |$)") { mine = 1; line = "Suites: " suite }
          if (line ~ /^Types:/) line = "Types: deb"
          stanza = stanza line "\n"
        }
        if (mine) print stanza
      }' "${sources[@]}" >"$target.sources"
    [[ -s $target.sources ]] || rm -f "$target.sources"
  fi
  if [[ ! -e $target.sources ]] && ((${#lists[@]})); then
    awk -v codename="$codename" -v suite="$suite" '
      $1 == "deb" {
        for (i = 2; i <= NF; i++) if ($i == codename) { $i = suite; print; next }
      }' "${lists[@]}" >"$target.list"
    [[ -s $target.list ]] || rm -f "$target.list"
  fi
  if ! compgen -G "$target.*" >/dev/null; then
    warn "no apt source of this machine names the suite $codename: nothing to derive $suite from"
    return 1
  fi
}

enable_backports() {
  local suite
  suite=$(debian_codename)-backports
  if apt-get indextargets --format "\$(RELEASE)" | grep -qx "$suite"; then
    return
  fi
  suite_sources "$suite" /etc/apt/sources.list.d/sriovpulse-backports
}

apt_lists() {
  enable_backports && logged apt-update debian_apt update
}

# missing_packages PACKAGE…: those that are not installed, in one line.
missing_packages() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Abbrev}' "${package%%/*}" 2>/dev/null | grep -q '^ii' || missing+=("$package")
  done
  printf '%s' "${missing[*]-}"
}

# install_missing PACKAGE…: installs those that are not there yet; PACKAGE/SUITE takes that suite's version.
install_missing() {
  local wanted
  read -r -a wanted <<<"$(missing_packages "$@")"
  ((${#wanted[@]})) || return 0
  logged "apt-install-${TIER:-packages}" install_without_daemons "${wanted[@]}"
}

# Tests need programs, not services: for the time of the install Debian's own switch keeps daemons from starting.
install_without_daemons() (
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  debian_apt install -y --no-install-recommends "$@"
)

# unpack_package NAME[=VERSION] FOLDER: the package's files without installing it (no daemon starts, no kernel is set up).
unpack_package() {
  local spec=$1 folder=$2 download=$CACHE/debs/${1%%=*}
  rm -rf "$download"
  mkdir -p "$download" "$folder"
  (cd "$download" && debian_apt download "$spec" && dpkg-deb -x ./*.deb "$folder")
  rm -rf "$download"
}

# unpack_from_suite SUITE NAME FOLDER: the same from another suite, through lists of its own: the machine's are not touched.
unpack_from_suite() {
  local suite=$1 name=$2 folder=$3 apt=$CACHE/apt/$1
  local private=(-o "Dir::Etc::SourceList=/dev/null" -o "Dir::Etc::SourceParts=$apt/sources" -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt/cache")
  mkdir -p "$apt"/{sources,lists/partial,cache/archives/partial}
  suite_sources "$suite" "$apt/sources/suite" && debian_apt "${private[@]}" update || return 1
  rm -rf "$CACHE/debs/$name"
  mkdir -p "$CACHE/debs/$name" "$folder"
  (cd "$CACHE/debs/$name" && debian_apt "${private[@]}" download "$name" && dpkg-deb -x ./*.deb "$folder")
  rm -rf "$CACHE/debs/$name"
}
