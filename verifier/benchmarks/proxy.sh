#!/bin/bash
# What a request through the fault proxy costs, beside HAProxy and WireMock in the same run: CPU microseconds a request (user and
# system time of the proxy's process, 605-byte JSON reply, 32 keep-alive connections), and the median latency added at one
# connection. All traffic stays on loopback. Needs wrk and haproxy (installed from Debian when missing and root).
#
#   verifier/benchmarks/proxy.sh [RUNS] [SECONDS] [WARM-UP]     default: 5 runs of 5 s, 250000 requests of warm-up
#   PEERS="haproxy none" leaves out the others (haproxy, none, drop-field, wiremock)
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-5}
seconds=${2:-5}
warm=${3:-250000}
peers=${PEERS:-haproxy none drop-field wiremock}
most_warm_seconds=${MOST_WARM_SECONDS:-240}
work=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || :; done
  rm -rf "$work"
}
trap finish EXIT

for tool in haproxy wrk; do
  command -v $tool >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends $tool; } >&2
done
# A class path of one's own saves the build.
if [ -z "${CODICIL_CLASS_PATH:-}" ]; then
  ./codicil --version >&2
  CODICIL_CLASS_PATH="verifier/cli/target/codicil.jar:verifier/cli/target/lib/*"
fi
case " $peers " in
  *" wiremock "*)
    mvn -q -B -ntp -f verifier/benchmarks/pom.xml package
    wiremock=$(ls verifier/benchmarks/target/lib/wiremock-standalone-*.jar)
    ;;
esac

mkdir "$work/classes"
javac -d "$work/classes" -cp "$CODICIL_CLASS_PATH" verifier/benchmarks/ProxyBench.java
bench=("java" "-Xmx512m" "-cp" "$work/classes:$CODICIL_CLASS_PATH" "ProxyBench")

started() { # NAME FILE
  for _ in $(seq 300); do
    [ -f "$2" ] && return
    sleep 0.1
  done
  echo "proxy.sh: $1 did not start within 30 s" >&2
  exit 69
}

# The pipes end the Java processes with this script, whatever ends it.
mkfifo "$work/life"
sleep 3600 >"$work/life" &
pids+=($!)
"${bench[@]}" backend "$work/backend" <"$work/life" &
pids+=($!)
started backend "$work/backend"
backend=$(cat "$work/backend")

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

declare -A pid port
for peer in $peers; do
  case $peer in
    haproxy)
      port[$peer]=$(free_port)
      cat >"$work/haproxy.cfg" <<CFG
global
  nbthread 2
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend f
  bind 127.0.0.1:${port[$peer]}
  default_backend b
backend b
  server s 127.0.0.1:$backend
CFG
      haproxy -f "$work/haproxy.cfg" -db >"$work/haproxy.log" 2>&1 &
      pid[$peer]=$!
      ;;
    wiremock)
      port[$peer]=$(free_port)
      java -Xmx512m -jar "$wiremock" --bind-address 127.0.0.1 --port "${port[$peer]}" --proxy-all "http://127.0.0.1:$backend" \
        --no-request-journal --disable-banner >"$work/wiremock.log" 2>&1 &
      pid[$peer]=$!
      ;;
    *)
      "${bench[@]}" codicil "$peer" "$backend" "$work/$peer" <"$work/life" &
      pid[$peer]=$!
      ;;
  esac
  pids+=("${pid[$peer]}")
done
for peer in $peers; do
  case $peer in
    haproxy | wiremock) ;;
    *)
      started "$peer" "$work/$peer"
      port[$peer]=$(cat "$work/$peer")
      ;;
  esac
done

script_argument=
load() { # PORT CONNECTIONS SECONDS [WRK-OPTION...]
  local to=$1 connections=$2 time=$3
  shift 3
  wrk --timeout 30s -t 1 -c "$connections" -d "${time}s" "$@" "http://127.0.0.1:$to/licenses/1" -- "$script_argument"
}
requests() { awk '/requests in/ { print $1 }'; }

# Every reply of this pass is looked at.
cat >"$work/check.lua" <<'LUA'
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init(args) wrong = 0; seen = 0; dropped = args[1] == "drop-field" end
function response(status, headers, body)
  seen = seen + 1
  local has = string.find(body, "validUntil", 1, true) ~= nil
  local whole = string.sub(body, 1, 1) == "{" and string.sub(body, -1) == "}" and string.find(body, '"sku":"A0"', 1, true) ~= nil
  if status ~= 200 or not whole or has == dropped or (not dropped and #body ~= 605) then wrong = wrong + 1 end
end
function done(summary, latency, all)
  local w, s = 0, 0
  for _, t in ipairs(threads) do w = w + t:get("wrong"); s = s + t:get("seen") end
  local e = summary.errors
  print("CHECKED " .. s .. " " .. (w + e.connect + e.read + e.write + e.status))
end
LUA
for peer in $peers; do
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/${port[$peer]}") 2>/dev/null && break
    sleep 0.2
  done
  script_argument=$peer
  # A cold Java process on a busy machine may take some seconds for its first reply.
  for _ in 1 2 3; do
    checked=$(load "${port[$peer]}" 32 4 -s "$work/check.lua" | awk '/^CHECKED/ { print $2, $3 }')
    [ "${checked% *}" -gt 0 ] && break
  done
  echo "checked $peer: ${checked% *} replies, ${checked#* } wrong"
  [ "${checked% *}" -gt 0 ] && [ "${checked#* }" -eq 0 ] || { echo "proxy.sh: $peer gives wrong replies" >&2; exit 1; }
  [ "$peer" = haproxy ] && continue
  total=0
  spent=0
  while [ "$total" -lt "$warm" ] && [ "$spent" -lt "$most_warm_seconds" ]; do
    total=$((total + $(load "${port[$peer]}" 32 5 | requests)))
    spent=$((spent + 5))
  done
  echo "warmed up $peer: $total requests in $spent s"
done

ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }
hertz=$(getconf CLK_TCK)
for run in $(seq "$runs"); do
  for peer in $peers; do
    before=$(ticks "${pid[$peer]}")
    load "${port[$peer]}" 32 "$seconds" >"$work/out"
    after=$(ticks "${pid[$peer]}")
    if grep -q -e 'Non-2xx' -e 'Socket errors' "$work/out"; then
      echo "proxy.sh: $peer failed some requests: $(grep -e 'Non-2xx' -e 'Socket errors' "$work/out")" >&2
      exit 1
    fi
    awk -v t=$((after - before)) -v h="$hertz" -v n="$(requests <"$work/out")" 'BEGIN { printf "%.2f\n", t / h * 1e6 / n }' >>"$work/cpu.$peer"
  done
done
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
micros() { # median latency of wrk's output, in microseconds
  awk '$1 == "50%" { v = $2; if (v ~ /us$/) print v + 0; else if (v ~ /ms$/) print v * 1000; else print v * 1000000 }'
}
for run in 1 2 3; do
  load "$backend" 1 2 --latency | micros >>"$work/latency.direct"
  for peer in $peers; do
    load "${port[$peer]}" 1 2 --latency | micros >>"$work/latency.$peer"
  done
done

direct=$(median "$work/latency.direct")
printf '%-12s %18s %12s %22s\n' proxy 'CPU us a request' 'x HAProxy' 'added median us at c=1'
base=
for peer in $peers; do
  cpu=$(median "$work/cpu.$peer")
  [ "$peer" = haproxy ] && base=$cpu
  awk -v p="$peer" -v c="$cpu" -v b="${base:-0}" -v l="$(median "$work/latency.$peer")" -v d="$direct" \
    'BEGIN { printf "%-12s %18.1f %12s %22.0f\n", p, c, (b > 0 ? sprintf("%.2f", c / b) : "-"), l - d }'
done
