#!/usr/bin/env bash
# Both text formats, judged by parsers that are not ours.
set -euo pipefail
source "$ROOT/tests/Integration/lib.sh"

make_host "$SCRATCH/root" 2 4
start_agent --path.rootfs "$SCRATCH/root"
url=http://$AGENT_ADDRESS/metrics

is "a counter has the file's value" "$(metric sriov_vf_receive_bytes_total 'pf="ens1"' 'vf="3"')" 1130
is "all VFs are there" "$(count_of sriov_vf_info)" 8

check "promtool finds the exposition valid" "$PROMETHEUS/promtool" check metrics <"$SCRAPE"
is "and says nothing" "$("$PROMETHEUS/promtool" check metrics <"$SCRAPE" 2>&1)" ""
is "content type of the text format" "$(curl -s -o /dev/null -w '%{content_type}' "$url")" "text/plain; version=0.0.4; charset=utf-8"

accept='application/openmetrics-text; version=1.0.0'
curl -sf -H "Accept: $accept" -D "$SCRATCH/headers" -o "$SCRATCH/openmetrics" "$url"
check "OpenMetrics by negotiation" grep -qi '^content-type: application/openmetrics-text; *version=1.0.0; *charset=utf-8' "$SCRATCH/headers"
check "the strict OpenMetrics parser takes it" /usr/bin/python3 "$ROOT/tests/Integration/openmetrics.py" "$SCRATCH/openmetrics"
is "it ends as it must" "$(tail -n 1 "$SCRATCH/openmetrics")" "# EOF"
check "infos are infos in it" grep -qx '# TYPE sriov_vf info' "$SCRATCH/openmetrics"
check "infos are gauges in the text format" grep -qx '# TYPE sriov_vf_info gauge' "$SCRAPE"

curl -sf -H 'Accept-Encoding: gzip' -D "$SCRATCH/headers" -o "$SCRATCH/zipped" "$url"
check "gzip when asked for" grep -qi '^content-encoding: gzip' "$SCRATCH/headers"
is "with the same series in it" "$(gzip -dc "$SCRATCH/zipped" | grep -c '^sriov_vf')" "$(grep -c '^sriov_vf' "$SCRAPE")"
finished
