#!/bin/bash
# How fast experiments replay: a pact of N interactions with one experiment each, 2 x 2, through the runner, the fault proxy and
# the history, beside as many exchanges of the same client straight to the same provider, and beside Pact JVM's own verifyProvider
# on the same pact and provider. Every reply is checked. All traffic stays on loopback.
#
#   verifier/benchmarks/experiments.sh [RUNS] [INTERACTIONS]     default: 3 runs of 1000
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-3}
count=${2:-1000}
export pact_do_not_track=true
work=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || :; done
  rm -rf "$work"
}
trap finish EXIT

if [ -z "${CODICIL_CLASS_PATH:-}" ]; then
  ./codicil --version >&2
  CODICIL_CLASS_PATH="$PWD/verifier/cli/target/codicil.jar:$PWD/verifier/cli/target/lib/*"
fi
mvn -q -B -ntp -f verifier/benchmarks/pom.xml package
mkdir "$work/classes"
javac -d "$work/classes" -cp "$CODICIL_CLASS_PATH" verifier/benchmarks/ProxyBench.java verifier/benchmarks/ExperimentsBench.java
path=$work/classes:$CODICIL_CLASS_PATH

{
  printf '{"consumer":{"name":"shop"},"provider":{"name":"items"},"interactions":['
  for ((i = 0; i < count; i++)); do
    [ "$i" = 0 ] || printf ','
    printf '{"description":"item %d","request":{"method":"GET","path":"/items/%d"},"response":{"status":200,' "$i" "$i"
    printf '"headers":{"Content-Type":"application/json"},"body":{"validUntil":"2030-01-01"},'
    printf '"matchingRules":{"body":{"$.validUntil":{"matchers":[{"match":"type"}]}}}}}'
  done
  printf '],"metadata":{"pactSpecification":{"version":"3.0.0"}}}\n'
} >"$work/items.json"

mkfifo "$work/life"
sleep 1800 >"$work/life" &
pids+=($!)
java -cp "$path" ProxyBench backend "$work/port" <"$work/life" &
pids+=($!)
for _ in $(seq 300); do
  [ -f "$work/port" ] && break
  sleep 0.1
done
port=$(cat "$work/port")

for ((run = 1; run <= runs; run++)); do
  echo "run $run of $runs"
  # The flags of the launcher's verify.
  java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -cp "$path" ExperimentsBench "$work/items.json" "$port" "$work/run$run" \
    java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$path" ProxyBench provider '{port}' | tee -a "$work/lines"
  java -XX:+UseSerialGC -Xmx512m -Dpact_do_not_track=true -cp "verifier/benchmarks/target/classes:verifier/benchmarks/target/lib/*" \
    dev.codicil.benchmarks.PeerVerification "$work/items.json" "$port" "$count" 2>/dev/null | grep '^verifyProvider' | tee -a "$work/lines"
done

median() { sort -n | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
rate() { sed -n "s|^$1 .* \([0-9]*\) exchanges/s|\1|p" "$work/lines" | median; }
replay=$(rate replay)
direct=$(rate direct)
peer=$(rate verifyProvider)
awk -v r="$replay" -v d="$direct" -v p="$peer" 'BEGIN {
  printf "medians: replay %d, direct %d, verifyProvider %d exchanges/s\n", r, d, p
  printf "replay / direct %.2f (asked 0.60); replay / verifyProvider %.1f (asked 10)\n", r / d, r / p }'
