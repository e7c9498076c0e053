#!/usr/bin/env bash
# Runs codicil verify, and tells what came of it through GITHUB_OUTPUT. Ends with 0 whatever the verdict is: reports and
# the comment come first, and the last step of the action is the gate.
set -euo pipefail

output() {
  printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

arguments=(verify --project "$CODICIL_PROJECT" --out "$CODICIL_OUT" --color never)
[ -z "${CODICIL_BASE:-}" ] || arguments+=(--base "$CODICIL_BASE")
[ -z "${CODICIL_PROFILES:-}" ] || arguments+=(--profiles "$CODICIL_PROFILES")
[ -z "${CODICIL_SEED:-}" ] || arguments+=(--seed "$CODICIL_SEED")
[ -z "${CODICIL_BUDGET:-}" ] || arguments+=(--budget "$CODICIL_BUDGET")
[ -z "${CODICIL_TIME_BUDGET:-}" ] || arguments+=(--time-budget "$CODICIL_TIME_BUDGET")
if [ "$CODICIL_TRUST_HEAD" = true ]; then
  arguments+=(--trust-head)
else
  [ -z "${CODICIL_EXPOSE:-}" ] || arguments+=(--expose "$CODICIL_EXPOSE")
fi
while IFS= read -r argument; do
  argument=${argument%$'\r'}
  [ -z "$argument" ] || arguments+=("$argument")
done <<<"${CODICIL_ARGS:-}"
# Last, so that no other argument takes it back.
[ "$CODICIL_TRUST_HEAD" = true ] || arguments+=(--no-trust-head)

expose=${CODICIL_EXPOSE:-}
command=("$CODICIL_LAUNCHER")
if [ "$CODICIL_TRUST_HEAD" != true ]; then
  # Processes of the head could read the environment of the one that has started them.
  kept=()
  for name in PATH HOME USER LOGNAME SHELL LANG LC_ALL TZ TMPDIR CI JAVA_HOME MAVEN_HOME M2_HOME MAVEN_OPTS MAVEN_ARGS \
    HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy ${expose//,/ }; do
    [ -z "${!name+set}" ] || kept+=("$name=${!name}")
  done
  command=(env -i "${kept[@]}" "$CODICIL_LAUNCHER")
fi

# What subjects have printed is no command to the runner.
stop=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$stop"
set +e
"${command[@]}" "${arguments[@]}" 2>&1 >"$CODICIL_OUT/console.txt" </dev/null | tee "$CODICIL_OUT/errors.txt"
code=${PIPESTATUS[0]}
set -e
cat "$CODICIL_OUT/console.txt"
echo
echo "::$stop::"

verdict=none
findings='{}'
if [ -f "$CODICIL_OUT/verdict.json" ]; then
  verdict=$(jq -r '.verdict' "$CODICIL_OUT/verdict.json")
  findings=$(jq -c '[.amendments[].findings[].kind] | group_by(.) | map({key: .[0], value: length}) | from_entries' \
    "$CODICIL_OUT/verdict.json")
  case $verdict in
    pass | fail | inconclusive) ;;
    *) verdict=none ;;
  esac
fi
output exit-code "$code"
output verdict "$verdict"
output findings "$findings"
for kind in broken resilience-lost inconclusive fragile; do
  output "$kind" "$(jq -r --arg kind "$kind" '.[$kind] // 0' <<<"$findings")"
done
