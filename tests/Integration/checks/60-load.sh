#!/usr/bin/env bash
# Many scrapers at once, slow readers, and scrapers that hang up half-way: right answers, shared collections, bounded memory.
set -euo pipefail
source "$ROOT/tests/Integration/lib.sh"

readonly SCRAPERS=200 MOST_MEMORY_KB=65536

make_host "$SCRATCH/root" 4 64
start_agent --path.rootfs "$SCRATCH/root" --collection.max-age 5s
url=http://$AGENT_ADDRESS/metrics
collections() { metric sriovpulse_agent_collections_total; }

check "the agent answers" scrape
before=$(collections)
seq "$SCRAPERS" | xargs -P "$SCRAPERS" -I{} curl -sf -m 120 -o "$SCRATCH/scrape-{}" "$url"
is "all $SCRAPERS scrapers had an answer" "$(find "$SCRATCH" -name 'scrape-*' -size +0 | wc -l)" "$SCRAPERS"
is "each with all VFs" "$(grep -c '^sriov_vf_info' "$SCRATCH"/scrape-* | grep -vc ':256$' || true)" 0
scrape
check "collections were shared" test $(($(collections) - before)) -lt $((SCRAPERS / 4))

for _ in $(seq 20); do curl -sf --limit-rate 20k -o /dev/null "$url" & slow+=($!); done
for _ in $(seq 50); do curl -s -m 0.02 -o /dev/null "$url" || true; done
check "others are served while slow readers read" scrape
kill "${slow[@]}" 2>/dev/null || true
is "and have all VFs" "$(count_of sriov_vf_info)" 256
check "the agent lives" agent_runs
peak=$(awk '$1 == "VmHWM:" { print $2 }' "/proc/$AGENT_PID/status")
check "its memory stayed below $MOST_MEMORY_KB kB (peak $peak kB)" test "$peak" -lt "$MOST_MEMORY_KB"
finished
