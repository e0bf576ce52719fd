#!/usr/bin/env bash
# The controller scrapes a real agent and answers promtool, which believes to talk to Prometheus; its data survives a restart.
set -euo pipefail
source "$ROOT/tests/Integration/lib.sh"

CONTROLLER=127.0.0.1:$(/usr/bin/python3 "$ROOT/tests/Integration/free-port.py")
URL=http://$CONTROLLER
make_host "$SCRATCH/root" 2 4
start_agent --path.rootfs "$SCRATCH/root" --collection.max-age 0s

cat >"$SCRATCH/controller.yaml" <<YAML
global: {scrape_interval: 1s, scrape_timeout: 1s}
scrape_configs:
  - job_name: agent
    static_configs: [{targets: ["$AGENT_ADDRESS"]}]
store: {window: 10m, memory_limit: 256MiB, snapshot: store.snapshot}
YAML

start_controller() {
  "$SRIOVPULSE" controller --config "$SCRATCH/controller.yaml" --web.listen-address "$CONTROLLER" >>"$SCRATCH/controller.log" 2>&1 &
  CONTROLLER_PID=$!
  eventually 60 curl -sf -o /dev/null "$URL/-/ready"
}

stop_controller() {
  local status=0
  kill "$CONTROLLER_PID"
  wait "$CONTROLLER_PID" || status=$?
  cat "$SCRATCH/controller.log" >&2
  return "$status"
}

promtool() { "$PROMETHEUS/promtool" query "$@"; }
# value EXPR: the one value that it yields.
value() { promtool instant "$URL" "$1" | sed -n 's/.* => \(.*\) @\[.*/\1/p'; }
value_is() { [[ $(value "$1") == "$2" ]]; }
# asks NAME EXPECTED EXPR
asks() {
  eventually 60 value_is "$3" "$2" || true
  is "$1" "$(value "$3")" "$2"
}

start_controller
check "it is healthy" curl -sf -o /dev/null "$URL/-/healthy"
asks "promtool: the target is up" 1 'up{job="agent"}'
asks "promtool: a VF's counter" 1003 'sriov_vf_transmit_packets_total{pf="ens0",vf="0"}'
asks "promtool: joined by pf and vf" 8 'count(sriov_vf_receive_bytes_total * on (instance, pf, vf) group_left (pci_address) sriov_vf_info{pci_address!=""})'
write_vf_counters "$SCRATCH/root" 1 2 500000
asks "promtool: a changed counter" 500120 'sriov_vf_receive_bytes_total{pf="ens1",vf="2"}'
asks "promtool: its increase" 1 'sum(increase(sriov_vf_receive_bytes_total{pf="ens1",vf="2"}[5m])) > bool 100000'

now=$(date +%s)
range=$(promtool range --start $((now - 60)) --end "$now" --step 1s "$URL" 'count(sriov_vf_info)')
check "promtool: a range" grep -q '^8 @\[' <<<"$range"
is "promtool: series" "$(promtool series --match 'sriov_vf_receive_bytes_total{pf="ens1"}' "$URL" | sort)" \
  "$(for vf in 0 1 2 3; do printf '{__name__="sriov_vf_receive_bytes_total", instance="%s", job="agent", pf="ens1", vf="%d"}\n' "$AGENT_ADDRESS" "$vf"; done)"
is "promtool: values of a label" "$(promtool labels "$URL" vf)" "$(printf '0\n1\n2\n3')"
check "promtool: an error is the API's" grep -q 'bad_data' <<<"$(promtool instant "$URL" 'up[' 2>&1 || true)"
check "metadata tells that it is a counter" grep -q '^{"status":"success","data":{"sriov_vf_receive_bytes":\[{"type":"counter","help":"' \
  <<<"$(curl -sfG "$URL/api/v1/metadata" -d metric=sriov_vf_receive_bytes)"
check "promtool finds its own exposition valid" "$PROMETHEUS/promtool" check metrics <<<"$(curl -sf "$URL/metrics")"
is "sriovpulse query asks it too" "$("$SRIOVPULSE" query --url "$URL" 'count(sriov_vf_info)')" "$(printf 'VALUE\n    8')"

status=0
stop_controller || status=$?
is "it stops by itself when told to" "$status" 0
check "and has written its data down" test -s "$SCRATCH/store.snapshot"
stop_agent
start_controller
is "after a restart the counter's history is there" "$(value 'max_over_time(sriov_vf_receive_bytes_total{pf="ens1",vf="2"}[5m]) - min_over_time(sriov_vf_receive_bytes_total{pf="ens1",vf="2"}[5m])')" 499000
printf 'torn' >"$SCRATCH/torn"
stop_controller
cp "$SCRATCH/torn" "$SCRATCH/store.snapshot"
start_controller
check "a torn snapshot is set aside, and it starts" grep -q 'set aside' "$SCRATCH/controller.log"
stop_controller

status=0
"$SRIOVPULSE" controller --config "$SCRATCH/controller.yaml" --web.listen-address 0.0.0.0:1 2>"$SCRATCH/error" || status=$?
is "elsewhere than on loopback it does not listen" "$status" 2
finished
