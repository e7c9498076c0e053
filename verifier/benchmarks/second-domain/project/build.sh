#!/bin/sh
# build.sh SERVICE: compiles a service to build/SERVICE.jar, which finds its libraries in lib/ beside build/.
set -eu
service=$1
cd "$(dirname "$0")"
[ -d lib ] || mvn -q -B -ntp dependency:copy-dependencies -DoutputDirectory=lib
out=build/classes/$service
rm -rf "$out" "build/$service.jar"
mkdir -p "$out"
find "$service/src/main/java" -name '*.java' | LC_ALL=C sort >"build/$service.sources"
javac --release 17 -parameters -proc:none -nowarn -d "$out" -cp 'lib/*' @"build/$service.sources"
cp -R "$service/src/main/resources/." "$out/"
main=$(cd "$out" && find . -name '*Application.class' | sed 's#^\./##; s#/#.#g; s#\.class$##')
{
  echo "Main-Class: $main"
  # A line of a manifest holds 72 bytes; the next one goes on after a blank.
  (echo 'Class-Path: .'; for jar in lib/*.jar; do echo "  ../$jar"; done)
} >"build/$service.mf"
jar --create --date=2026-01-01T00:00:00Z --file "build/$service.jar" --manifest "build/$service.mf" -C "$out" .
