# shellcheck shell=bash
# The agent under test, and questions to its exposition.

# AGENT is the program, SCRATCH a folder for what is kept of it.
AGENT_ADDRESS=${AGENT_ADDRESS:-127.0.0.1:9836}
AGENT_PID=
SCRAPE=$SCRATCH/scrape.txt

# start_agent [FLAG…]: the published binary, ready to be scraped. It never has the right to change the network.
start_agent() {
  local without_right=()
  ((EUID)) || without_right=(setpriv --bounding-set=-net_admin --inh-caps=-net_admin)
  "${without_right[@]}" "$AGENT" --web.listen-address "$AGENT_ADDRESS" "$@" >>"$SCRATCH/agent.log" 2>&1 &
  AGENT_PID=$!
  eventually 60 ready_or_dead && agent_runs && scrape
}

ready_or_dead() { ! agent_runs || curl -sf -o /dev/null "http://$AGENT_ADDRESS/-/ready"; }

# The log's end goes to the check's own log, for whoever reads a failure.
stop_agent() {
  [[ -n $AGENT_PID ]] || return 0
  kill "$AGENT_PID" 2>/dev/null || true
  wait "$AGENT_PID" 2>/dev/null || true
  AGENT_PID=
  {
    printf -- '--- agent log\n'
    tail -n 60 "$SCRATCH/agent.log"
    rm -f "$SCRATCH/agent.log"
  } >&2
}

agent_runs() { kill -0 "$AGENT_PID" 2>/dev/null; }

# A scrape that fails leaves nothing behind that could be taken for its answer.
scrape() {
  : >"$SCRAPE"
  curl -sf -m 20 -o "$SCRAPE" "http://$AGENT_ADDRESS/metrics"
}

# start_scraping: scrapes without pause in the background, into numbered files of SCRATCH/scrapes; failures into a file "failures".
start_scraping() {
  rm -rf "$SCRATCH/scrapes"
  mkdir "$SCRATCH/scrapes"
  local n=0
  while :; do
    n=$((n + 1))
    curl -sf -m 20 -o "$SCRATCH/scrapes/$n.txt.part" "http://$AGENT_ADDRESS/metrics" || printf 'scrape %d\n' "$n" >>"$SCRATCH/scrapes/failures"
    mv "$SCRATCH/scrapes/$n.txt.part" "$SCRATCH/scrapes/$n.txt"
  done 2>/dev/null &
  SCRAPING_PID=$!
}

stop_scraping() {
  kill "$SCRAPING_PID"
  wait "$SCRAPING_PID" 2>/dev/null || true
}

# series NAME [LABEL="VALUE"…]: the lines of the last scrape with that name and all those labels.
series() {
  local name=$1
  shift
  awk -v name="$name" -v matchers="$(printf '%s\n' "$@")" '
    BEGIN { count = split(matchers, wanted, "\n") }
    {
      brace = index($0, "{")
      own = brace ? substr($0, 1, brace - 1) : $1
      if (own != name) next
      labels = brace ? "," substr($0, brace + 1) : ","
      for (i = 1; i <= count; i++) if (wanted[i] != "" && !index(labels, "," wanted[i])) next
      print
    }' "$SCRAPE"
}

# metric NAME [LABEL="VALUE"…]: the value of the one such series; nothing if there is none or more than one.
metric() {
  series "$@" | awk '{ value = $NF } END { if (NR == 1) printf "%.0f", value }'
}

count_of() { series "$@" | wc -l; }

# label NAME LABEL [MATCHER…]: one label's value of the one such series.
label() {
  local name=$1 label=$2
  shift 2
  series "$name" "$@" | sed -n "s/.*[{,]$label=\"\([^\"]*\)\".*/\1/p"
}

# table NAME LABEL…: those labels of every such series, a line each, sorted.
table() {
  local name=$1
  shift
  series "$name" | awk -v labels="$*" '
    BEGIN { count = split(labels, wanted, " ") }
    {
      line = ""
      text = "," substr($0, index($0, "{") + 1)
      for (i = 1; i <= count; i++) {
        start = index(text, "," wanted[i] "=\"")
        rest = start ? substr(text, start + length(wanted[i]) + 3) : "\""
        line = line (i > 1 ? " " : "") substr(rest, 1, index(rest, "\"") - 1)
      }
      print line
    }' | sort
}

# scraped_is EXPECTED COMMAND…: a new scrape makes the command print that.
scraped_is() {
  local expected=$1
  shift
  scrape && [[ $("$@") == "$expected" ]]
}

# becomes NAME EXPECTED COMMAND…: like "is", but scrapes anew, for up to PATIENCE seconds, until it is so.
PATIENCE=30
becomes() {
  local name=$1 expected=$2
  shift 2
  eventually "$PATIENCE" scraped_is "$expected" "$@" || true
  is "$name" "$("$@")" "$expected"
}
