#!/usr/bin/env bash
# A real Prometheus scrapes the agent; what it then has is what the host's files say.
set -euo pipefail
source "$ROOT/tests/Integration/lib.sh"

prometheus_port=$(/usr/bin/python3 "$ROOT/tests/Integration/free-port.py")
make_host "$SCRATCH/root" 2 4
start_agent --path.rootfs "$SCRATCH/root" --collection.max-age 0s

cat >"$SCRATCH/prometheus.yml" <<YAML
global: {scrape_interval: 1s, scrape_timeout: 1s}
scrape_configs:
  - job_name: agent
    static_configs: [{targets: ["$AGENT_ADDRESS"]}]
YAML
"$PROMETHEUS/prometheus" --config.file "$SCRATCH/prometheus.yml" --storage.tsdb.path "$SCRATCH/data" \
  --web.listen-address "127.0.0.1:$prometheus_port" >"$SCRATCH/prometheus.log" 2>&1 &

query() {
  curl -sfG "http://127.0.0.1:$prometheus_port/api/v1/query" --data-urlencode "query=$1" |
    /usr/bin/python3 -c 'import json, sys
for row in json.load(sys.stdin)["data"]["result"]: print(row["value"][1])'
}
query_is() { [[ $(query "$1") == "$2" ]]; }
# asks NAME EXPECTED QUERY
asks() {
  eventually 60 query_is "$3" "$2" || true
  is "$1" "$(query "$3")" "$2"
}

asks "the target is up" 1 'up{job="agent"}'
asks "a VF's counter" 1003 'sriov_vf_transmit_packets_total{pf="ens0",vf="0"}'
asks "all VFs" 8 'count(sriov_vf_info)'
asks "joined by pf and vf" 8 'count(sriov_vf_receive_bytes_total * on (instance, pf, vf) group_left (pci_address) sriov_vf_info{pci_address!=""})'
asks "one host" 1 'count(sriov_host_info{machine_id="0123456789abcdef0123456789abcdef"})'
write_vf_counters "$SCRATCH/root" 1 2 500000
asks "a changed counter" 500120 'sriov_vf_receive_bytes_total{pf="ens1",vf="2"}'
# Scraped as OpenMetrics, a counter family is known without its suffix.
type=$(curl -sfG "http://127.0.0.1:$prometheus_port/api/v1/metadata" -d metric=sriov_vf_receive_bytes |
  /usr/bin/python3 -c 'import json, sys; print(*[m["type"] for ms in json.load(sys.stdin)["data"].values() for m in ms])')
is "Prometheus knows it as a counter" "$type" counter

# The host loses a VF.
rm "$SCRATCH/root/sys/devices/pci/$(host_address 1 00 0)/virtfn3"
asks "a vanished VF's series end at once" 7 'count(sriov_vf_receive_bytes_total)'
asks "nothing was scraped twice or out of order" 0 'sum(prometheus_target_scrapes_sample_out_of_order_total) or vector(0)'
finished
