# What the scripts that talk to GitHub share: requests with bounds, and words that are no command to the runner.
# shellcheck shell=bash

readonly ATTEMPTS=5
readonly LONGEST_WAIT=60
STATUS=000

# Text of others in one line of the log, where it can be no command of the runner.
plain() {
  tr -d '\000-\010\013\014\016-\037\177' <<<"$1" | tr '\r\n\t' '   ' | sed -e 's/##\[/# #[/g' -e 's/::/: :/g' | cut -c 1-300
}

say() {
  echo "codicil: $(plain "$1")"
}

die() {
  echo "codicil: $(plain "$2")" >&2
  exit "$1"
}

summary() {
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    printf '\n> %s\n' "$1" >>"$GITHUB_STEP_SUMMARY"
  fi
}

# One request: METHOD PATH [JSON-FILE]. The token goes through standard input: arguments are seen by all of the machine.
request() {
  local method=$1 path=$2 data=${3:-} more=()
  if [ -n "${follow:-}" ]; then
    more=(--location --max-redirs 3) # curl gives the token to no other host
  elif [ -n "$data" ]; then
    more=(--data-binary "@$data" -H "Content-Type: application/json")
  fi
  : >"$work/headers"
  : >"$work/reply"
  STATUS=$(printf 'header = "Authorization: Bearer %s"\n' "$GITHUB_TOKEN" |
    curl --config - --silent --show-error --proto "=https,http" --connect-timeout 10 --max-time 30 \
      --max-filesize 50000000 -X "$method" -H "Accept: application/vnd.github+json" \
      -H "X-GitHub-Api-Version: 2022-11-28" -H "User-Agent: codicil" ${more[@]+"${more[@]}"} \
      --dump-header "$work/headers" --output "$work/reply" --write-out '%{http_code}' "$api$path" 2>"$work/complaint") || {
    STATUS=000 # a reply that was cut off is none
  }
}

header() {
  sed -n "s/^$1: *//Ip" "$work/headers" | tail -n 1 | tr -d '\r'
}

message() {
  local text
  text=$(jq -r '.message // empty' "$work/reply" 2>/dev/null || true)
  [ -n "$text" ] || text=$(head -c 200 "$work/complaint" 2>/dev/null || true)
  plain "$text"
}

limited() {
  [ "$STATUS" = 429 ] && return 0
  [ "$STATUS" = 403 ] || return 1
  [ -n "$(header retry-after)" ] || [ "$(header x-ratelimit-remaining)" = 0 ] ||
    message | grep -qi 'rate limit'
}

# Whether the same request may do better in a while.
passing() {
  case $STATUS in
    000 | 5??) return 0 ;;
    *) limited ;;
  esac
}

rest() { # before attempt number $1
  local wait=$((first_wait << ($1 - 2))) told
  told=$(header retry-after)
  if [[ $told =~ ^[0-9]{1,6}$ ]] && [ "$told" -gt "$wait" ]; then
    wait=$told
  fi
  [ "$wait" -le "$LONGEST_WAIT" ] || wait=$LONGEST_WAIT
  say "GitHub answered $STATUS; trying again in $wait s"
  sleep "$wait"
}

# A request that does no harm when it is done twice.
repeat() {
  local attempt
  for ((attempt = 1; attempt <= ATTEMPTS; attempt++)); do
    [ "$attempt" = 1 ] || rest "$attempt"
    request "$@"
    passing || return 0
  done
}

# Checks the environment, and makes a folder that is removed at the end.
ready() {
  local tool
  api=${GITHUB_API_URL:-https://api.github.com}
  api=${api%/}
  first_wait=${CODICIL_RETRY_SECONDS:-2}
  for tool in curl jq; do
    command -v "$tool" >/dev/null || die 69 "$tool is needed; install it"
  done
  [[ $first_wait =~ ^[0-9]{1,2}$ ]] || die 64 "CODICIL_RETRY_SECONDS is a whole number below 100"
  [[ ${GITHUB_REPOSITORY:-} =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || die 64 "GITHUB_REPOSITORY must be owner/name"
  [[ ${GITHUB_TOKEN:-} =~ ^[A-Za-z0-9_.=/+-]+$ ]] || die 64 "GITHUB_TOKEN must hold a token"
  [[ $api =~ ^https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9_./-]*)?$ || $api =~ ^http://(127\.0\.0\.1|localhost)(:[0-9]+)?$ ]] ||
    die 64 "GITHUB_API_URL must be an https address"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
}
