#!/bin/bash
# Packs the program for machines without Java: target/dist/kubepki-VERSION-OS-ARCH.tar.gz with a Java runtime of its own
# and an AOT cache made for exactly that runtime and jar. Run by `./dev dist`.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../../../.."

# The jar is the one that the launcher runs.
./kubepki --version >/dev/null
# shellcheck source=cli/src/main/sh/jdk.sh
. cli/src/main/sh/jdk.sh
find_jdk || exit 1
# shellcheck source=cli/src/main/sh/flags.sh
. cli/src/main/sh/flags.sh

version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' pom.xml)
name=kubepki-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
stage=$PWD/target/dist/$name
rm -rf "$stage"
mkdir -p "$stage/bin" "$stage/lib"

cp cli/src/main/sh/program.sh "$stage/bin/kubepki"
cp kubectl-pki "$stage/bin/kubectl-pki"
chmod 755 "$stage/bin/kubepki" "$stage/bin/kubectl-pki"
cp cli/src/main/sh/flags.sh target/kubepki/kubepki.jar "$stage/lib/"
cp -R target/kubepki/native "$stage/lib/native"

modules=$("$jdk/bin/jdeps" --print-module-deps --ignore-missing-deps --multi-release 25 target/kubepki/kubepki.jar)
# Uncompressed, the runtime starts faster and the tar.gz comes out smaller.
"$jdk/bin/jlink" --add-modules "$modules,java.logging" --strip-debug --no-header-files --no-man-pages \
    --compress zip-0 --output "$stage/runtime"

# What the parts that we bought ask to be handed on; the runtime has its own folder for that.
mkdir "$stage/legal"
unzip -q -j target/kubepki/kubepki.jar 'META-INF/*LICENSE*' 'META-INF/*NOTICE*' -d "$stage/legal"
cp cli/src/main/legal/* "$stage/legal/"
for document in README.md LICENSE docs; do
    [ ! -e "$document" ] || cp -R "$document" "$stage/"
done

# The AOT cache knows its jar by size and time, so the time is settled first, and tar keeps it.
chmod -R u+w,a+rX "$stage"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
make_aot_cache "$stage/runtime/bin/java" "$stage/lib/kubepki.jar" "$stage/lib/native" "$stage/lib/kubepki.aot" \
    >target/dist/training.log 2>&1 || {
    echo "dist: the training run failed under the new runtime: read $PWD/target/dist/training.log." >&2
    exit 1
}
KUBEPKI_JAVA_OPTS=-XX:AOTMode=on "$stage/bin/kubepki" --version >/dev/null || {
    echo "dist: the new AOT cache does not fit its own runtime." >&2
    exit 1
}
completion() { # SHELL FILE
    mkdir -p "$stage/share/${2%/*}"
    "$stage/bin/kubepki" completion "$1" >"$stage/share/$2"
}
completion bash bash-completion/completions/kubepki
completion zsh zsh/site-functions/_kubepki
completion fish fish/vendor_completions.d/kubepki.fish

find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

tar --create --sort=name --owner=0 --group=0 --numeric-owner --directory target/dist "$name" |
    gzip -n >"target/dist/$name.tar.gz"
echo "target/dist/$name.tar.gz"
