#!/bin/sh
# Do the tests notice when a change rule or the comparison of shapes is wrong? Mutates both with PIT; fails under 80 % killed.
# The report is verifier/core/target/pit-reports/index.html.
#
#   verifier/benchmarks/mutation.sh [MAVEN OPTIONS]      -DtargetClasses="dev.codicil.amendment.rule.*" looks at one package
set -eu
cd "$(dirname "$0")/../.."
exec mvn -B -ntp -pl verifier/core -Pmutation test-compile org.pitest:pitest-maven:mutationCoverage "$@"
