# shellcheck shell=bash
# What the checks in the machine are made of. Each is a script that starts by sourcing this file and ends with "finished".

source "$LAB/../tiers/tap.sh"
source "$LAB/../tiers/agent.sh"
source "$LAB/guest/functions.sh"
source "$LAB/guest/vm.sh"
