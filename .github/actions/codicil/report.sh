#!/usr/bin/env bash
# Renders what was found: the summary of the step, annotations, the comment and files for others. Runs nothing of the
# head. A format that cannot be written is told, and costs no other one.
set -euo pipefail

marker="<!-- codicil${CODICIL_NAME:+:$CODICIL_NAME} -->"
out=$CODICIL_OUT
options=(--project "$CODICIL_PROJECT")
[ -z "${CODICIL_NAME:-}" ] || options+=(--name "$CODICIL_NAME")

render() { # FORMAT FILE
  "$CODICIL_LAUNCHER" report "$out" "${options[@]}" --format "$1" --out "$2" </dev/null 2>"$out/render.txt" && return 0
  echo "::warning title=Codicil::the report '$1' could not be written"
  return 1
}

# Text that others may have written, which shall stay text: fenced by more backticks than it has.
fenced() {
  local fence='```'
  while grep -qF -- "$fence" "$1"; do fence+='`'; done
  printf '%stext\n' "$fence"
  head -c 4000 "$1" | tr -d '\000-\010\013\014\016-\037\177'
  printf '\n%s\n' "$fence"
}

if [ -f "$out/verdict.json" ]; then
  render github-summary "$out/summary.md" && cat "$out/summary.md" >>"$GITHUB_STEP_SUMMARY"
  render github-comment "$out/comment.md" || true
  if [ "$CODICIL_ANNOTATIONS" = true ]; then
    # Commands to the runner, each of which Codicil has escaped.
    render github "$out/annotations.txt" && cat "$out/annotations.txt"
  fi
  [ "$CODICIL_SARIF" = false ] || render sarif "$out/codicil.sarif" || true
  [ "$CODICIL_JUNIT" = false ] || render junit "$out/junit.xml" || true
else
  # A comment of the run before must not be taken for one of this run.
  if [ "$CODICIL_CODE" = 0 ]; then
    head="**Codicil:** nothing is amended."
  else
    head="**Codicil:** no verdict (exit code $CODICIL_CODE); the run says why."
  fi
  printf '%s\n%s\n' "$marker" "$head" >"$out/comment.md"
  {
    printf '%s\n\n' "$head"
    if [ -s "$out/errors.txt" ]; then fenced "$out/errors.txt"; else fenced "$out/console.txt"; fi
  } >>"$GITHUB_STEP_SUMMARY"
  [ "$CODICIL_CODE" = 0 ] || echo "::error title=Codicil::no verdict (exit code $CODICIL_CODE); the log of the run says why"
fi
rm -f "$out/render.txt"
