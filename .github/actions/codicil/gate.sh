#!/usr/bin/env bash
# The gate: the job ends as the verification did.
set -euo pipefail

code=${CODICIL_CODE:-70}
if [ "$code" = 2 ] && [ "${CODICIL_FAIL_ON_INCONCLUSIVE:-true}" = false ]; then
  echo "codicil: inconclusive, which does not fail this job"
  exit 0
fi
exit "$code"
