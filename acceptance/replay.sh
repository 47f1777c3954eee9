#!/bin/bash
# Holds the server to recordings of a real Kubernetes: a replay of HTTP exchanges, and of kubectl flows.
#
# usage: replay.sh FOLDER [KUBECTL...]
#
# FOLDER has tools/compare_scenarios.py, tools/kubectl_flows.sh, golden/kubectl/vX.Y and seeds/. Each KUBECTL is a program
# whose flows are compared with the recordings of its own minor version; where there are none, only its exit codes, with
# those of the newest version before it. Every run gets a fresh server. flows-skipped.txt names the flows that are not compared, each with its reason.
set -uo pipefail
here=$(dirname "$(readlink -f "$0")")
root=$(dirname "$here")
[ $# -ge 1 ] && [ -d "$1/tools" ] || {
    echo 'usage: replay.sh FOLDER [KUBECTL...]' >&2
    exit 2
}
folder=$(readlink -f "$1")
shift
work=$(mktemp -d)
server=''
trap 'stop; rm -rf "$work"' EXIT
failed=0

stop() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
    server=''
}

# A fresh server: on the port of the recordings, which stands in one of them, or on a free one. Sets port, and makes $work/user with ca.crt, admin.crt and admin.key.
start() {
    stop
    rm -rf "$work/set" "$work/data" "$work/user"
    port=${1-$((20000 + RANDOM % 20000))}
    "${KUBEPKI:-$root/kubepki}" serve --dir "$work/set" --data "$work/data" --secure-port "$port" >"$work/serve.log" 2>&1 &
    server=$!
    for _ in $(seq 600); do
        grep -q 'export KUBECONFIG' "$work/serve.log" && break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    grep -q 'export KUBECONFIG' "$work/serve.log" || {
        cat "$work/serve.log" >&2
        exit 1
    }
    mkdir "$work/user"
    local conf=$work/set/super-admin.conf
    cp "$work/set/pki/ca.crt" "$work/user/ca.crt"
    sed -n 's/.*client-certificate-data: //p' "$conf" | base64 -d >"$work/user/admin.crt"
    sed -n 's/.*client-key-data: //p' "$conf" | base64 -d >"$work/user/admin.key"
}

echo '=== recorded HTTP exchanges'
# Among them are an approval and, at once, another one of the same request, which meets a conflict when the signer was
# faster. Nothing but that race differs from one run to the next, so one run without a difference is enough.
for attempt in 1 2 3; do
    start 6443
    python3 "$folder/tools/compare_scenarios.py" "127.0.0.1:$port" "$work/user/ca.crt" "$work/user/admin.crt" \
        "$work/user/admin.key" && break
    [ "$attempt" -lt 3 ] || failed=1
done

mkdir "$work/bin"
for named in "$@"; do
    # It writes its own file's name into what it applies.
    kubectl=$work/bin/kubectl
    cp "$named" "$kubectl"
    version=v$("$kubectl" version --client -o json | sed -n 's/.*"gitVersion": "v\([0-9]*\.[0-9]*\).*/\1/p' | head -1)
    start
    echo "=== kubectl $version"
    SERVER=127.0.0.1:$port UA=$work/user SEED004=$(ls "$folder"/seeds/004*) \
        bash "$folder/tools/kubectl_flows.sh" "$kubectl" "$work/flows-$version" "$version" >"$work/flows.log" 2>&1
    compared=$version
    options=(--skip "$(cat "$here/flows-skipped.txt" | sed 's/#.*//' | tr -d ' ' | grep . | paste -sd,)")
    if [ ! -d "$folder/golden/kubectl/$version" ]; then
        # The newest recorded one that is older: what a kubectl can do at all, older ones could not.
        compared=$(printf '%s\n' "$version" $(cd "$folder/golden/kubectl" && echo v*) | sort -V |
            grep -x -B1 "$version" | head -1)
        options+=(--codes-only all)
    fi
    python3 "$here/compare-flows.py" "$folder/golden/kubectl/$compared" "$work/flows-$version" "${options[@]}" || failed=1
    [ -z "${KEEP-}" ] || cp -r "$work/flows-$version" "$KEEP/"
done
exit $failed
