#!/usr/bin/env bash
# TLS and basic auth in the web configuration format that Prometheus exporters share, judged by curl.
set -euo pipefail
source "$ROOT/tests/Integration/lib.sh"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost \
  -addext subjectAltName=IP:127.0.0.1 -keyout "$SCRATCH/key.pem" -out "$SCRATCH/cert.pem" 2>/dev/null
# The password is "lab-secret"; the hash is bcrypt's at its lowest cost.
cat >"$SCRATCH/web.yml" <<'YAML'
tls_server_config:
  cert_file: cert.pem
  key_file: key.pem
basic_auth_users:
  prometheus: HASH
YAML
sed -i "s|HASH|'$(cat "$ROOT/tests/Integration/lab-secret.bcrypt")'|" "$SCRATCH/web.yml"

make_host "$SCRATCH/root" 1 2
"$AGENT" --web.listen-address "$AGENT_ADDRESS" --web.config.file "$SCRATCH/web.yml" --path.rootfs "$SCRATCH/root" >>"$SCRATCH/agent.log" 2>&1 &
AGENT_PID=$!
url=https://$AGENT_ADDRESS/metrics
code() { curl -s -o "$SCRAPE" -w '%{http_code}' --cacert "$SCRATCH/cert.pem" "$@" "$url"; }
answers() { ! agent_runs || [[ $(code -u prometheus:lab-secret) == 200 ]]; }

eventually 60 answers
is "TLS with the right password" "$(code -u prometheus:lab-secret)" 200
is "has the metrics" "$(count_of sriov_vf_info)" 2
is "a wrong password" "$(code -u prometheus:wrong)" 401
is "no password" "$(code)" 401
status=0
curl -s -o /dev/null "http://$AGENT_ADDRESS/metrics" || status=$?
check "plain HTTP gets no metrics" test "$status" -ne 0
finished
