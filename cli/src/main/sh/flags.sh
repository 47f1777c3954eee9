# shellcheck shell=sh
# How Java is started: by ./kubepki, by the program that `dev dist` packs, and when the AOT cache is trained, which must
# use the same flags. An AOT cache that doesn't fit is ignored, and -Xlog:disable leaves that unsaid.
#
# The quick compiler alone: commands end before the thorough one has paid for itself, and the native provider does the
# long arithmetic. Where there is none, KUBEPKI_JAVA_OPTS=-XX:TieredStopAtLevel=4 makes many RSA keys sooner.
# shellcheck disable=SC2034 # for whoever reads this file in
java_flags='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable --enable-native-access=ALL-UNNAMED -Dcom.amazon.corretto.crypto.provider.useExternalLib=true'

# A server runs for long: both compilers, and a heap that leaves room for everything else in 300 MB.
# shellcheck disable=SC2034
server_flags='-XX:+UseSerialGC -Xmx128m -XX:-UsePerfData -Xlog:disable --enable-native-access=ALL-UNNAMED -Dcom.amazon.corretto.crypto.provider.useExternalLib=true'

# flags_for COMMAND: sets java_flags for what is to be run.
flags_for() {
    case $1 in
    serve | controller)
        java_flags=$server_flags
        # What glibc keeps of each thread's native memory is a quarter of the process otherwise.
        export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
        ;;
    esac
}

# make_aot_cache JAVA JAR NATIVE_FOLDER FILE: trains and writes the cache. In two steps, because the one-step form hands
# its flags to a second Java through a variable, where a space in a path breaks them.
make_aot_cache() {
    # shellcheck disable=SC2086 # a list of words
    "$1" $java_flags -XX:AOTMode=record "-XX:AOTConfiguration=$4.config" "-Djava.library.path=$3" \
        "-Dorg.sqlite.lib.path=$3" -cp "$2" dev.kubepki.cli.Training &&
        "$1" $java_flags -XX:AOTMode=create "-XX:AOTConfiguration=$4.config" "-XX:AOTCache=$4" \
            "-Djava.library.path=$3" -cp "$2" &&
        rm -f "$4.config" && [ -s "$4" ]
}
