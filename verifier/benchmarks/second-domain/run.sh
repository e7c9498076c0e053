#!/bin/sh
# The resilience hold-out: does Codicil see what makes services fragile, on a domain it was not made on?
#
#   verifier/benchmarks/second-domain/run.sh [VARIANT...]         all of them without names; twenty take about half an hour
#
# Each patch of mutants/ and neutral/ is applied to a copy of project/, and 'codicil verify' compares it with the copy
# left as it is: an amendment of code alone. A mutant must be 'broken' or 'resilience-lost', a neutral one must be neither;
# what is inconclusive is counted on its own. Exit code 0 exactly when at least nine of ten mutants are found, no neutral
# one raises an alarm, and all were run. Takes only loopback addresses and ends by itself: a variant that takes longer than
# MINUTES counts as not found, or as an alarm.
#
#   CODICIL    the command to run; default: the launcher of this repository
#   OUT        where copies, logs and reports go; default: target/second-domain
#   MINUTES    most minutes for a variant; default 10
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
codicil=${CODICIL:-$root/codicil}
minutes=${MINUTES:-10}
out=${OUT:-$root/target/second-domain}
mkdir -p "$out"
out=$(cd "$out" && pwd)

[ -d "$out/lib" ] || mvn -q -B -ntp -f "$here/project/pom.xml" dependency:copy-dependencies -DoutputDirectory="$out/lib"

# The sources of the project in a folder that keeps what was built there: Codicil builds again what has changed.
lay_out() { # FOLDER
  mkdir -p "$out/$1"
  for old in "$out/$1"/*; do
    case ${old##*/} in build) ;; *) rm -rf "$old" ;; esac
  done
  cp -R "$here/project/." "$out/$1/"
  rm -rf "$out/$1/lib"
  ln -s ../lib "$out/$1/lib"
}

lay_out base

results=$out/results.tsv
: >"$results"
tab=$(printf '\t')
for patch in "$here"/mutants/*.patch "$here"/neutral/*.patch; do
  name=$(basename "$patch" .patch)
  kind=$(basename "$(dirname "$patch")")
  if [ $# -gt 0 ]; then
    case " $* " in *" $name "*) ;; *) continue ;; esac
  fi
  lay_out head
  (cd "$out/head" && patch -s -p1 <"$patch")
  rm -rf "${out:?}/reports/$name"
  mkdir -p "$out/reports"
  start=$(date +%s)
  code=0
  timeout -k 30 "${minutes}m" "$codicil" verify --project "$out/head" --base "$out/base" --cache "$out/cells" \
    --out "$out/reports/$name" --color never >"$out/reports/$name.txt" 2>"$out/reports/$name.err" || code=$?
  seconds=$(($(date +%s) - start))
  echo "$name$tab$kind$tab$code$tab$seconds$tab$out/reports/$name/verdict.json" >>"$results"
  echo "$name: exit code $code, $seconds s" >&2
done
exec java "$here/Score.java" "$results" $#
