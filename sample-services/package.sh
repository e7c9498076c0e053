#!/bin/sh
# Packages a sample service so that it starts fast: its jar laid out flat, with a class data archive beside it.
set -eu
service=$1
cd "$(dirname "$0")/.."
mvn -q -B -ntp -pl "sample-services/$service" package -DskipTests
target=$PWD/sample-services/$service/target
rm -rf "$target/app"
java -Djarmode=tools -jar "$target/$service.jar" extract --destination "$target/app"
# One start that ends before it serves records the classes; without the archive the service only starts slower.
SPRING_PROFILES_ACTIVE=contract-test java -XX:ArchiveClassesAtExit="$target/app/$service.jsa" -Xlog:cds=off \
  -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dspring.context.exit=onRefresh \
  -jar "$target/app/$service.jar" --server.port=0 >"$target/archive.log" 2>&1 || rm -f "$target/app/$service.jsa"
