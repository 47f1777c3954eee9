#!/bin/bash
# Fuzzes every parser that reads foreign bytes, led by coverage.
#
# usage: fuzz.sh [SECONDS]
#
# SECONDS (120) is what all the parsers share on one processor; several processors take as many at a time. What was
# learnt stays in pki/target/fuzz/corpus, for the next run. An input that breaks a parser is kept in
# pki/target/fuzz/found/PARSER: mend the parser, and keep the input as pki/src/test/resources/dev/kubepki/pki/fuzz/
# PARSER-<number>, where every unit run reads it again.
#
# Needs JAVA, and CLASSES, the class path of pki's tests with the fuzzer: `dev fuzz` sets both.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

seconds=${1:-120}
case $seconds in
'' | *[!0-9]*)
    echo 'usage: dev fuzz [SECONDS]' >&2
    exit 2
    ;;
esac
work=$PWD/pki/target/fuzz
rm -rf "$work/found" "$work/seeds"
mkdir -p "$work/corpus" "$work/found" "$work/log"
"$JAVA" --enable-native-access=ALL-UNNAMED -cp "$CLASSES" dev.kubepki.pki.fuzz.Seeds "$work/seeds"

targets=()
for folder in "$work"/seeds/*/; do
    targets+=("$(basename "$folder")")
done
jobs=$(nproc)
# Half of the time that each parser would have goes to the start of its process, so it is never less than this.
each=$((seconds * jobs / ${#targets[@]}))
[ "$each" -ge 5 ] || each=5

fuzz() { # TARGET
    local target=$1 log=$work/log/$1 inputs
    mkdir -p "$work/corpus/$target" "$work/found/$target"
    # The time limit is generous, as instrumented code is slow and other processes run beside it. The heap is small: an input that needs more has found something. --keep_going: not the first finding alone.
    if ! (cd "$work/found/$target" && "$JAVA" -Xmx768m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        "-Dkubepki.fuzz=$target" -cp "$CLASSES" com.code_intelligence.jazzer.Jazzer \
        --target_class=dev.kubepki.pki.fuzz.Harness \
        '--instrumentation_includes=dev.kubepki.**:org.bouncycastle.asn1.*' \
        --keep_going=5 -timeout=10 -rss_limit_mb=4096 -max_len=16384 \
        "-max_total_time=$each" -print_final_stats=1 \
        "$work/corpus/$target" "$work/seeds/$target") >"$log" 2>&1; then
        echo "fuzz.sh: $target broke; the inputs are in $work/found/$target, the report in $log:" >&2
        grep -E -A 6 '^== Java Exception|ERROR: libFuzzer' "$log" >&2 || tail -n 20 "$log" >&2
        return 1
    fi
    # A silent run counts only if it ran.
    inputs=$(sed -n 's/^stat::number_of_executed_units: //p' "$log" | sort -n | tail -n 1)
    if [ "${inputs:-0}" -lt 100 ]; then
        echo "fuzz.sh: $target tried only ${inputs:-0} inputs in $each s; read $log" >&2
        return 1
    fi
    echo "$target: $inputs inputs in $each s"
}
export -f fuzz
export work each JAVA CLASSES

printf '%s\n' "${targets[@]}" | xargs -P "$jobs" -I{} bash -c 'fuzz {}'
