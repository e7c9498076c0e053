#!/bin/bash
# Messages on the embedded broker: how many a second pass the interposer with a rule that matches none, beside a plain producer
# and consumer on the same broker; and how long 200 experiments on messages take, 2 x 2, through the real command, with the
# sample service billing. All traffic stays on loopback.
#
#   verifier/benchmarks/messages.sh [ROUNDS] [MESSAGES]     default: 5 rounds of 100000
#
# CODICIL_CLASS_PATH and CODICIL_BROKER (folder of the broker's libraries) take the place of a build.
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-5}
count=${2:-100000}
home=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -z "${CODICIL_CLASS_PATH:-}" ]; then
  ./codicil --version >&2
  CODICIL_CLASS_PATH="$home/verifier/cli/target/codicil.jar:$home/verifier/cli/target/lib/*"
fi
broker=${CODICIL_BROKER:-$home/verifier/cli/target/lib/kafka-broker}
flags="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dcodicil.kafka-broker=$broker"
mkdir "$work/classes"
javac -d "$work/classes" -cp "$CODICIL_CLASS_PATH" verifier/benchmarks/MessagesBench.java
# shellcheck disable=SC2086
java $flags -Xmx768m -cp "$work/classes:$CODICIL_CLASS_PATH" MessagesBench "$work/throughput" "$count" "$rounds" | tee "$work/lines"
for kind in plain interposer; do
  grep "^round .* $kind:" "$work/lines" | sed 's/.*messages, \([0-9]*\) a second.*/\1/' | sort -n |
    awk -v kind=$kind '{v[NR]=$1} END {printf "%s: median %d messages a second\n", kind, v[int((NR+1)/2)]}'
done

[ -f sample-services/billing/target/app/billing.jar ] || sh sample-services/package.sh billing
project=$work/project
mkdir -p "$project/contracts/asyncapi" "$project/contracts/amendments/none" "$project/chaos-profiles"
cp contracts/asyncapi/licensing-events.yaml "$project/contracts/asyncapi/"
{
  printf 'version: 1\nname: many\nfaults:\n'
  for fault in drop-message corrupt-message poison-message wrong-key drop-message-headers duplicate-message; do
    for message in 1 2 3 4 5; do
      printf '  - { fault: %s, parameters: { message: %d } }\n' $fault $message
    done
  done
  for fault in corrupt-message:how:truncate corrupt-message:how:empty poison-message:body:json poison-message:body:tombstone \
    wrong-key:key:none duplicate-message:again:later; do
    for message in 1 2 3 4 5; do
      IFS=: read -r id key value <<<"$fault"
      printf '  - { fault: %s, parameters: { message: %d, %s: %s } }\n' "$id" $message "$key" "$value"
    done
  done
  for time in 1 2 3 4 5 6 7; do
    for message in 1 2 3 4 5; do
      printf '  - { fault: delay-message, parameters: { message: %d, time: %dms } }\n' $message $time
    done
  done
  for parameters in '{}' '{ within: key }' '{ message: 1, again: later }' ; do
    printf '  - { fault: %s, parameters: %s }\n' "$([ "$parameters" = '{}' ] || [ "$parameters" = '{ within: key }' ] && echo reorder-messages || echo duplicate-message)" "$parameters"
  done | sed 's/, parameters: {}//' | sed '3d'
  printf '  - { fault: duplicate-message }\n  - { fault: duplicate-message, parameters: { again: later } }\n'
  printf '  - { fault: delay-message, parameters: { message: 1, time: 8ms } }\n'
} >"$project/chaos-profiles/many.yaml"
cat >"$project/contracts/amendments/none/amendment.yaml" <<YAML
version: 1
title: Another log level, so that both sides are replayed and do the same
sides:
  base: { subjects: { billing: { env: { LOGGING_LEVEL_ROOT: warn } } } }
  head: { subjects: { billing: { env: { LOGGING_LEVEL_ROOT: error } } } }
profiles: [many]
YAML
{
  printf 'version: 1\ncontracts: contracts/\nbrokers: { events: { kafka: embedded } }\nsubjects:\n'
  sed -n '/^  billing:/,/^profiles:/p' codicil.yaml | sed '$d' | grep -v '^    \(build\|sources\|artifact\):' |
    sed "s#{artifact}#$home/sample-services/billing/target/app/billing.jar#; s#=sample-services#=$home/sample-services#"
  printf 'profiles: [many]\n'
} >"$project/codicil.yaml"
start=$(date +%s.%N)
# shellcheck disable=SC2086
(cd "$project" && time java $flags -Xmx256m -cp "$CODICIL_CLASS_PATH" dev.codicil.cli.Main verify --no-cache >"$work/verify.log" 2>&1) ||
  { tail -20 "$work/verify.log"; exit 1; }
end=$(date +%s.%N)
grep -E 'PASS|experiments' "$work/verify.log"
echo "200 experiments on messages: $(echo "$end - $start" | bc) s, start of services and broker included"
