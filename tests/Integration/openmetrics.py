"""Exits 0 when prometheus_client's strict parser takes the file, and 1 with the reason when it does not."""

import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    try:
        families = list(text_string_to_metric_families(file.read()))
    except ValueError as error:
        sys.exit(f"not OpenMetrics: {error}")
if not any(family.name == "sriov_vf_receive_bytes" and family.type == "counter" and family.samples for family in families):
    sys.exit("parsed, but sriov_vf_receive_bytes is no counter with samples in it")
