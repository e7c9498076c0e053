#!/usr/bin/env bash
# Posts the one comment of a check on a pull request: writes over that of the run before, or creates it.
#
#   comment.sh NUMBER BODY-FILE
#
# The first line of the body is the marker by which the comment is found again, <!-- codicil --> or
# <!-- codicil:NAME -->. Needs bash, curl and jq, and in the environment:
#   GITHUB_TOKEN            may write comments (pull-requests: write); one that may only read is told, and no failure
#   GITHUB_REPOSITORY       owner/name
#   GITHUB_API_URL          default https://api.github.com
#   GITHUB_STEP_SUMMARY     gets a line when nothing could be posted; optional
#   CODICIL_COMMENT_AUTHOR  login whose comments are ours; default whoever the token is, else github-actions[bot]
#   CODICIL_RETRY_SECONDS   first wait before a request is repeated; default 2
#
# Ends with 0 when the comment is there or the token may only read, 64 for a wrong call, 65 for a body that cannot be
# posted, 69 when GitHub cannot be reached or refuses.
set -euo pipefail

readonly MOST_CHARACTERS=65536 # of a comment; GitHub refuses longer ones
readonly PAGE=100              # comments a page, the most there can be
readonly MOST_PAGES=100
readonly ATTEMPTS=5
readonly LONGEST_WAIT=60

STATUS=000
LOGIN=""

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
  if [ -n "$data" ]; then
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

refused() { # what was tried
  if [ "$STATUS" = 403 ] && ! limited; then
    say "the comment was not posted: the token may only read ($(message)); the summary of the run has the report"
    summary "The comment was not posted: the token may only read. The report is here and in the artifact."
    exit 0
  fi
  die 69 "$1: GitHub answered $STATUS ($(message)); check GITHUB_TOKEN, GITHUB_REPOSITORY and the number"
}

whoami() {
  LOGIN=${CODICIL_COMMENT_AUTHOR:-}
  [ -z "$LOGIN" ] || return 0
  repeat GET /user
  if [ "$STATUS" = 200 ]; then
    LOGIN=$(jq -r '.login // empty' "$work/reply" 2>/dev/null || true)
  fi
  [ -n "$LOGIN" ] || LOGIN="github-actions[bot]" # the token of a workflow may not ask who it is
}

# Ids of our comments of this check, oldest first, into $work/own.
find_own() {
  local page count
  : >"$work/own"
  for ((page = 1; page <= MOST_PAGES; page++)); do
    repeat GET "$issue/comments?per_page=$PAGE&page=$page"
    [ "$STATUS" = 200 ] || refused "the comments cannot be read"
    count=$(jq 'if type == "array" then length else error end' "$work/reply" 2>/dev/null) ||
      die 69 "the list of comments is no JSON array; check GITHUB_API_URL"
    jq -r --arg login "$LOGIN" --arg marker "$marker" \
      '.[] | select(.user.login == $login and ((.body // "") | startswith($marker))) | .id' \
      "$work/reply" >>"$work/own" || die 69 "the list of comments is not as GitHub documents it"
    [ "$count" -ge "$PAGE" ] || break
  done
  sort -n -u -o "$work/own" "$work/own"
}

# Writes over a comment; 1 when it is not there any more.
update() {
  repeat PATCH "$comments/$1" "$work/body.json"
  case $STATUS in
    200) return 0 ;;
    404 | 410) return 1 ;;
    *) refused "the comment cannot be updated" ;;
  esac
}

# Two runs at once may both have found nothing: the oldest comment stays, with what this run says.
settle() {
  local oldest id
  find_own
  oldest=$(head -n 1 "$work/own")
  if [ -z "$oldest" ]; then
    say "warning: the comment is not found again as one of $LOGIN; set CODICIL_COMMENT_AUTHOR to who the token is"
    return 0
  fi
  if [ "$oldest" != "$1" ]; then
    update "$oldest" || return 0
  fi
  tail -n +2 "$work/own" | while read -r id; do
    say "deleting comment $id, which another run has posted at the same time as $oldest"
    repeat DELETE "$comments/$id"
  done
}

post() {
  local attempt id
  for ((attempt = 1; attempt <= ATTEMPTS; attempt++)); do
    # A creation that seemed to fail may have been done, so it is looked for before it is repeated.
    [ "$attempt" = 1 ] || rest "$attempt"
    find_own
    id=$(head -n 1 "$work/own")
    if [ -n "$id" ] && update "$id"; then
      tail -n +2 "$work/own" | while read -r id; do repeat DELETE "$comments/$id"; done
      say "updated the comment"
      return 0
    fi
    request POST "$issue/comments" "$work/body.json"
    if [ "$STATUS" = 201 ]; then
      settle "$(jq -r '.id' "$work/reply")"
      say "created the comment"
      return 0
    fi
    passing || refused "the comment cannot be created"
  done
  die 69 "the comment was not posted: GitHub answered $STATUS $ATTEMPTS times ($(message)); try again later"
}

[ $# = 2 ] || die 64 "call: comment.sh NUMBER BODY-FILE"
number=$1
body=$2
api=${GITHUB_API_URL:-https://api.github.com}
api=${api%/}
first_wait=${CODICIL_RETRY_SECONDS:-2}

for tool in curl jq; do
  command -v "$tool" >/dev/null || die 69 "$tool is needed; install it"
done
[[ $number =~ ^[1-9][0-9]{0,9}$ ]] || die 64 "'$number' is not the number of a pull request"
[[ $first_wait =~ ^[0-9]{1,2}$ ]] || die 64 "CODICIL_RETRY_SECONDS is a whole number below 100"
[[ ${GITHUB_REPOSITORY:-} =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || die 64 "GITHUB_REPOSITORY must be owner/name"
[[ ${GITHUB_TOKEN:-} =~ ^[A-Za-z0-9_.=/+-]+$ ]] || die 64 "GITHUB_TOKEN must hold a token"
[[ $api =~ ^https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9_./-]*)?$ || $api =~ ^http://(127\.0\.0\.1|localhost)(:[0-9]+)?$ ]] ||
  die 64 "GITHUB_API_URL must be an https address"
if [ ! -f "$body" ] || [ ! -r "$body" ]; then
  die 65 "$body: no such file; expected the report that 'codicil report --format github-comment' writes"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
issue="/repos/$GITHUB_REPOSITORY/issues/$number"
comments="/repos/$GITHUB_REPOSITORY/issues/comments"

marker=$(head -c 200 "$body" | head -n 1 | tr -d '\r\000')
[[ $marker =~ ^'<!-- codicil'(:[A-Za-z0-9_./-]+)?' -->'$ ]] ||
  die 65 "$body: the first line must be the marker <!-- codicil --> or <!-- codicil:NAME -->"
# jq 1.6 tears characters apart that it reads in two pieces, and base64 has none of more than a byte.
base64 <"$body" | tr -d '\n' | jq -R -s '{body: @base64d}' >"$work/body.json"
length=$(jq '.body | length' "$work/body.json")
[ "$length" -le "$MOST_CHARACTERS" ] ||
  die 65 "$body: $length characters, and GitHub takes $MOST_CHARACTERS; post a shorter report"

whoami
post
