#!/bin/sh
# How fast is `codicil diff` on large documents, beside openapi-diff on the same ones? Downloads two versions of GitHub's REST
# description (needs npm), cuts slices out of them, and prints medians, process start included.
#
#   verifier/benchmarks/diff.sh [RUNS]      default: 5 runs each
set -eu
cd "$(dirname "$0")/../.."
runs=${1:-5}
work=$PWD/target/benchmarks
mkdir -p "$work"

fetch() { # VERSION
  if [ ! -f "$work/$1.json" ]; then
    (cd "$work" && npm pack --silent "@octokit/openapi@$1" >/dev/null)
    tar -xzf "$work/octokit-openapi-$1.tgz" -C "$work" package/generated/api.github.com.json
    mv "$work/package/generated/api.github.com.json" "$work/$1.json"
    rm -f "$work/octokit-openapi-$1.tgz"
  fi
}

fetch 22.0.0
fetch 23.0.2
./codicil --version >&2
mvn -q -B -ntp -f verifier/benchmarks/pom.xml package
libraries=$PWD/verifier/benchmarks/target/classes:$PWD/verifier/benchmarks/target/lib/*
exec java -cp "$libraries" dev.codicil.benchmarks.DiffBenchmark "$work/22.0.0.json" "$work/23.0.2.json" "$work" "$runs" ./codicil "$libraries"
