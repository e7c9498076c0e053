#!/usr/bin/env bash
# Finds Codicil, the base and the key of the cache, and refuses what cannot be right before anything is built.
# Takes the inputs of the action as CODICIL_*, and writes its findings to GITHUB_OUTPUT.
set -euo pipefail

plain() {
  tr -d '\000-\010\013\014\016-\037\177' <<<"$1" | tr '\r\n\t' '   ' | sed -e 's/##\[/# #[/g' -e 's/::/: :/g' | cut -c 1-300
}

die() {
  echo "::error title=Codicil::$(plain "$2")"
  exit "$1"
}

warn() {
  echo "::warning title=Codicil::$(plain "$1")"
}

output() {
  printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

hash_of() { # of standard input, by what the system has
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c 1-64
}

yes_or_no() {
  [ "$2" = true ] || [ "$2" = false ] || die 64 "input $1: true or false, not '$2'"
}

one_line() {
  [[ $2 != *[$'\n\r']* ]] || die 64 "input $1: one line"
}

event=$(cat "${GITHUB_EVENT_PATH:-/dev/null}")
value() { # of the event
  jq -r "$1 // empty" <<<"${event:-null}"
}

[ "${GITHUB_EVENT_NAME:-}" != pull_request_target ] ||
  die 64 "pull_request_target would build code of strangers with the secrets of this repository; use pull_request"

for one in TRUST_HEAD FAIL_ON_INCONCLUSIVE COMMENT ANNOTATIONS SARIF JUNIT CACHE; do
  name="CODICIL_$one"
  yes_or_no "$(tr 'A-Z_' 'a-z-' <<<"$one")" "${!name}"
done
for one in WORKING_DIRECTORY HOME ZIP ZIP_SHA256 BASE PROFILES SEED BUDGET TIME_BUDGET EXPOSE NAME; do
  name="CODICIL_$one"
  one_line "$(tr 'A-Z_' 'a-z-' <<<"$one")" "${!name-}"
done
[[ ${CODICIL_EXPOSE:-} =~ ^([A-Za-z_][A-Za-z0-9_]*(,[A-Za-z_][A-Za-z0-9_]*)*)?$ ]] ||
  die 64 "input expose: names of variables with commas between them"

# Where to work: inside the checkout, so that a cache of it cannot be one of something else.
workspace=$(cd "$GITHUB_WORKSPACE" && pwd -P)
project=$(cd "$workspace" && cd -- "${CODICIL_WORKING_DIRECTORY:-.}" 2>/dev/null && pwd -P) ||
  die 65 "input working-directory: there is no folder ${CODICIL_WORKING_DIRECTORY:-.}"
case $project/ in
  "$workspace"/*) ;;
  *) die 64 "input working-directory: must be inside of the checkout" ;;
esac

# Codicil itself: a checkout that builds it once, or a zip that has it built.
home=${CODICIL_HOME:-}
if [ -n "${CODICIL_ZIP:-}" ]; then
  [ -z "$home" ] || die 64 "inputs home and zip contradict each other"
  zip=$CODICIL_ZIP
  if [[ $zip == *://* ]]; then
    [[ $zip == https://* ]] || die 64 "input zip: an https address or a path"
    [ -n "${CODICIL_ZIP_SHA256:-}" ] || die 64 "input zip-sha256: is needed for a zip from the network"
    zip="$RUNNER_TEMP/codicil.zip"
    curl --fail --silent --show-error --location --proto "=https" --proto-redir "=https" --connect-timeout 10 \
      --max-time 300 --retry 3 --output "$zip" "$CODICIL_ZIP" || die 69 "the zip of input zip cannot be downloaded"
  fi
  [ -f "$zip" ] || die 65 "input zip: there is no file $zip"
  if [ -n "${CODICIL_ZIP_SHA256:-}" ]; then
    [ "$(hash_of <"$zip")" = "$(tr 'A-F' 'a-f' <<<"$CODICIL_ZIP_SHA256")" ] ||
      die 65 "the zip is not the one of zip-sha256; it has $(hash_of <"$zip")"
  fi
  rm -rf "$RUNNER_TEMP/codicil-home"
  unzip -q "$zip" -d "$RUNNER_TEMP/codicil-home" || die 65 "the zip cannot be unpacked"
  launcher=$(find "$RUNNER_TEMP/codicil-home" -maxdepth 3 -type f -name codicil | head -n 1)
  [ -n "$launcher" ] || die 65 "there is no launcher called codicil in the zip"
else
  # The repository of the action is there as a whole, wherever the runner has put it.
  launcher=$(cd "${home:-$GITHUB_ACTION_PATH/../../..}" 2>/dev/null && pwd -P)/codicil || true
  [ -n "$home" ] || home="the repository of the action"
  [ -f "$launcher" ] || die 65 "input home: there is no launcher called codicil in $home"
fi
chmod +x "$launcher"
top=$(git -C "$project" rev-parse --show-toplevel 2>/dev/null) || top=$project
case $launcher in
  "$top"/*)
    [ "$CODICIL_TRUST_HEAD" = true ] || warn "Codicil itself comes from the checkout, so the head could have changed it; \
for pull requests of strangers use a checkout of Codicil of its own, pinned by commit"
    ;;
esac

if [ "$CODICIL_TRUST_HEAD" = false ] && git -C "$project" config --local --get-regexp 'http\..*\.extraheader' >/dev/null 2>&1; then
  warn "the checkout has left its token in .git/config, where code of the head can read it; give actions/checkout persist-credentials: false"
fi

# The base: what was said, else what the event compares with.
base=${CODICIL_BASE:-}
if [ -z "$base" ]; then
  tip=$(value .pull_request.base.sha)
  [ -n "$tip" ] || tip=$(value .merge_group.base_sha)
  if [ -n "$tip" ]; then
    [[ $tip =~ ^[0-9a-f]{40}$ ]] || die 65 "the event names no commit as its base"
    base=$(git -C "$project" merge-base HEAD "$tip" 2>/dev/null) ||
      die 65 "the base $tip is not in this checkout; give actions/checkout fetch-depth: 0"
  fi
else
  # A name is made a commit here, so that the cache knows which it was; a folder stays what it is.
  base=$(git -C "$project" rev-parse --verify --quiet --end-of-options "$base^{commit}" 2>/dev/null) || base=$CODICIL_BASE
fi

# What was run before is found again by base and contracts. Parts that are not there are not hashed.
contracts=$(git -C "$project" ls-files -s -- contracts codicil.yaml chaos-profiles 2>/dev/null | hash_of)
key="codicil-1-$(uname -s)-$(uname -m)-$(hash_of <<<"$project" | cut -c 1-12)-$(hash_of <<<"$base" | cut -c 1-16)"
save=false
# What code of strangers has touched is kept for nobody but their own pull request, which is how GitHub keeps it.
if [ "$CODICIL_TRUST_HEAD" = true ] || [ "${GITHUB_EVENT_NAME:-}" = pull_request ]; then
  save=$CODICIL_CACHE
fi

# By which the comment of this check is found again: its folder, unless it has a name.
name=${CODICIL_NAME:-}
if [ -z "$name" ]; then
  name=${project#"$top"}
  name=$(tr -cd 'A-Za-z0-9._/-' <<<"${name#/}" | sed -E 's#[._/-]*([._/-])#\1#g; s#^[._/-]+##; s#[._/-]+$##')
  [ ${#name} -le 80 ] || name=""
fi
[[ $name =~ ^([A-Za-z0-9]+([._/-][A-Za-z0-9]+)*)?$ && ${#name} -le 80 ]] ||
  die 64 "input name: up to 80 letters and digits, with one of . _ / - between them"

out="$RUNNER_TEMP/codicil-report"
rm -rf "$out"
mkdir -p "$out"
output launcher "$launcher"
output project "$project"
output base "$base"
output out "$out"
output restore-key "$key-"
output key "$key-${contracts:0:16}-${GITHUB_RUN_ID:-0}-${GITHUB_RUN_ATTEMPT:-1}"
output save "$save"
output name "$name"
output number "$(value .pull_request.number)"
echo "codicil: base ${base:-is the merge base with the default branch}, work tree $(plain "$project")"
