#!/bin/sh
# Runs the unpacked program with the Java that came with it. Starts no other process, writes nothing.

self=$0
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in
    /*) self=$link ;;
    *) self=${self%"${self##*/}"}$link ;;
    esac
done
case $self in
*/*) home=${self%/*}/.. ;;
*) home=.. ;;
esac
case $home in
/*) ;;
*) home=$PWD/$home ;;
esac

# shellcheck source=cli/src/main/sh/flags.sh
. "$home/lib/flags.sh"
flags_for "${1-}"
# shellcheck disable=SC2086,SC2154 # both are lists of words; flags.sh sets the first
exec "$home/runtime/bin/java" $java_flags "-XX:AOTCache=$home/lib/kubepki.aot" "-Djava.library.path=$home/lib/native" \
    "-Dorg.sqlite.lib.path=$home/lib/native" ${KUBEPKI_JAVA_OPTS-} -cp "$home/lib/kubepki.jar" dev.kubepki.cli.Main "$@"
