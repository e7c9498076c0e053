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

LOGIN=""

# shellcheck source-path=SCRIPTDIR source=github.sh
. "$(dirname "${BASH_SOURCE[0]}")/github.sh"

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
ready
[[ $number =~ ^[1-9][0-9]{0,9}$ ]] || die 64 "'$number' is not the number of a pull request"
if [ ! -f "$body" ] || [ ! -r "$body" ]; then
  die 65 "$body: no such file; expected the report that 'codicil report --format github-comment' writes"
fi

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
