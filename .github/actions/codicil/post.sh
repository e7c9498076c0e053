#!/usr/bin/env bash
# Posts what a run on a fork has found. Runs after it, on workflow_run, with a token that may write and nothing of the
# fork: the only thing taken from there is a text, whose size and form are checked, and which pull request it is for is
# asked of GitHub. Needs bash, curl, jq, unzip and iconv; the environment of comment.sh, and
#   GITHUB_EVENT_PATH  the event of workflow_run
#   CODICIL_ARTIFACT   name of the artifact; default codicil
#   CODICIL_NAME       name of the check, whose comment may be written over; default none
set -euo pipefail

readonly MOST_ARTIFACT=50000000 # bytes of the zip
readonly MOST_BODY=262144       # bytes of the text: 65,536 characters of four bytes at most

here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source-path=SCRIPTDIR source=github.sh
. "$here/github.sh"

field() {
  jq -r "$1 // empty" "$GITHUB_EVENT_PATH" 2>/dev/null || true
}

nothing() {
  say "nothing is posted: $1"
  exit 0
}

ready
for tool in unzip iconv; do
  command -v "$tool" >/dev/null || die 69 "$tool is needed; install it"
done
artifact=${CODICIL_ARTIFACT:-codicil}
[[ $artifact =~ ^[A-Za-z0-9._-]{1,100}$ ]] || die 64 "CODICIL_ARTIFACT: letters, digits and . _ -"
[ -f "${GITHUB_EVENT_PATH:-}" ] || die 64 "GITHUB_EVENT_PATH names no file; run this in a workflow"
run=$(field .workflow_run.id)
sha=$(field .workflow_run.head_sha)
branch=$(field .workflow_run.head_branch)
owner=$(field .workflow_run.head_repository.owner.login)
fork=$(field .workflow_run.head_repository.full_name)
[[ $run =~ ^[0-9]+$ ]] || die 64 "this event is of no finished run; use on: workflow_run"
[ "$(field .workflow_run.event)" = pull_request ] || nothing "the run was of no pull request"
[[ $sha =~ ^[0-9a-f]{40}$ && -n $branch && -n $owner ]] || nothing "the repository of the run is not there any more"

# Which pull request: by branch and commit. What the artifact says of it would be the word of the fork.
query=$(jq -rn --arg head "$owner:$branch" '$head | @uri')
repeat GET "/repos/$GITHUB_REPOSITORY/pulls?state=open&per_page=100&head=$query"
[ "$STATUS" = 200 ] || die 69 "the pull requests cannot be read: GitHub answered $STATUS ($(message))"
jq -r --arg sha "$sha" --arg fork "$fork" \
  '.[] | select(.head.sha == $sha and .head.repo.full_name == $fork) | .number' "$work/reply" >"$work/numbers" ||
  die 69 "the list of pull requests is not as GitHub documents it"
case $(wc -l <"$work/numbers" | tr -d ' ') in
  0) nothing "no open pull request has commit ${sha:0:12} as its head; a later run speaks for it" ;;
  1) ;;
  *) nothing "several open pull requests have commit ${sha:0:12} as their head" ;;
esac
number=$(cat "$work/numbers")
[[ $number =~ ^[1-9][0-9]{0,9}$ ]] || die 69 "the list of pull requests is not as GitHub documents it"

repeat GET "/repos/$GITHUB_REPOSITORY/actions/runs/$run/artifacts?per_page=100&name=$artifact"
[ "$STATUS" = 200 ] || die 69 "the artifacts cannot be read: GitHub answered $STATUS ($(message))"
jq -r --arg name "$artifact" \
  '[.artifacts[] | select(.name == $name and (.expired | not))] | last | select(. != null) | "\(.id) \(.size_in_bytes)"' \
  "$work/reply" >"$work/found" || die 69 "the list of artifacts is not as GitHub documents it"
id="" size=""
read -r id size <"$work/found" || true
[ -n "$id" ] || nothing "the run has left no artifact called $artifact"
[[ $id =~ ^[0-9]+$ && $size =~ ^[0-9]+$ ]] || die 69 "the list of artifacts is not as GitHub documents it"
[ "$size" -le "$MOST_ARTIFACT" ] || die 65 "the artifact has $size bytes; at most $MOST_ARTIFACT are read"
follow=1
repeat GET "/repos/$GITHUB_REPOSITORY/actions/artifacts/$id/zip"
[ "$STATUS" = 200 ] || die 69 "the artifact cannot be read: GitHub answered $STATUS ($(message))"
[ "$(wc -c <"$work/reply")" -le "$MOST_ARTIFACT" ] || die 65 "the artifact has more than $MOST_ARTIFACT bytes"

# One entry, to a file of ours: no path of the zip is used.
mv "$work/reply" "$work/artifact.zip"
(unzip -p "$work/artifact.zip" comment.md 2>/dev/null || true) | head -c $((MOST_BODY + 1)) >"$work/text" || true
[ -s "$work/text" ] || die 65 "there is no comment.md in the artifact"
[ "$(wc -c <"$work/text")" -le "$MOST_BODY" ] || die 65 "comment.md has more than $MOST_BODY bytes"
[ "$(tr -d '\000' <"$work/text" | wc -c)" = "$(wc -c <"$work/text")" ] || die 65 "comment.md is no text"
iconv -f UTF-8 -t UTF-8 <"$work/text" >/dev/null 2>&1 || die 65 "comment.md is no text"
marker="<!-- codicil${CODICIL_NAME:+:$CODICIL_NAME} -->"
[ "$(head -n 1 "$work/text" | tr -d '\r')" = "$marker" ] ||
  die 65 "comment.md does not begin with $marker; give this action the name of the check"

# Said in the comment itself, for code of the fork has run where the text was made. It may notify nobody.
{
  printf '%s\n' "$marker"
  printf '_From a run of code of this pull request, which could have changed what is said here._\n\n'
  tail -n +2 "$work/text" | sed -E $'s/(^|[^A-Za-z0-9_])@([A-Za-z0-9])/\\1@\u200b\\2/g'
} >"$work/comment.md"
bash "$here/comment.sh" "$number" "$work/comment.md"
