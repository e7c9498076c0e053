#!/bin/sh
# Does anything outlive a Codicil that is killed? Runs one short amendment undisturbed, then POINTS times again,
# killed with -9 at points spread over that run (by turns after so much time, and when its history has so many
# lines), and resumes each. Afterwards no process of the killed run may live, no revert be outstanding, every line
# of the history must be readable, and the verdict must be the undisturbed one.
#
#   verifier/benchmarks/killed/run.sh [POINTS] [VERIFY-OPTION...]   default: 50 points of the amendment expiry-renamed
#
# CODICIL names another command than ./codicil of this repository; PROJECT another folder to run it in.
set -eu
cd "$(dirname "$0")/../../.."
root=$PWD
points=${1:-50}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- --amendment expiry-renamed
cd "${PROJECT:-$root}"
exec java -Dcodicil.command="${CODICIL:-$root/codicil}" \
  -cp "${CODICIL_CLASSES:-$root/verifier/cli/target/codicil.jar:$root/verifier/cli/target/lib/*}" \
  "$root/verifier/benchmarks/killed/Killed.java" "$points" "$@"
