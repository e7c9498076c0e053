#!/bin/sh
# Does a finding depend on luck? Runs the amendments RUNS times with one seed and RUNS times with as many seeds, one run after
# another, and compares: one seed must give identical verdicts, findings and injection logs; many seeds identical verdicts.
#
#   verifier/benchmarks/determinism.sh [RUNS] [VERIFY-OPTION...]      default: 10 runs of all amendments
set -eu
cd "$(dirname "$0")/../.."
runs=${1:-10}
[ $# -gt 0 ] && shift
out=target/determinism
rm -rf "$out"
mkdir -p "$out"

one_run() { # NAME SEED OPTION...
  name=$1
  seed=$2
  shift 2
  start=$(date +%s)
  code=0
  ./codicil verify --no-cache --seed "$seed" --out "$out/$name" "$@" >"$out/$name.txt" 2>"$out/$name.err" || code=$?
  echo "$name: seed $seed, exit code $code, $(($(date +%s) - start)) s"
}

i=1
while [ "$i" -le "$runs" ]; do
  one_run "same-$i" 1 "$@"
  i=$((i + 1))
done
i=1
while [ "$i" -le "$runs" ]; do
  one_run "seed-$i" "$((i * 7919))" "$@"
  i=$((i + 1))
done
exec java -cp "verifier/cli/target/codicil.jar:verifier/cli/target/lib/*" verifier/benchmarks/CompareRuns.java "$out"
