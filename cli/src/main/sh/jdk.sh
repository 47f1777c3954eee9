# shellcheck shell=sh
# shellcheck disable=SC2034 # what find_jdk sets is for whoever reads this file in
# Finds a JDK. Read by ./kubepki and ./dev; plain sh, and no process is started where a file can be read instead.
#
# find_jdk sets
#   jdk     the home of the first JDK of version 25 or newer
#   jdk_id  one line that changes when that JDK is updated in place
# and fails when there is none. KUBEPKI_JAVA_HOME, when set, is the only place looked at.

# jdk_version HOME: sets jdk_id and jdk_feature.
jdk_version() {
    jdk_id='' jdk_feature=''
    if [ -r "$1/release" ]; then
        while IFS= read -r jdk_line; do
            jdk_id="$jdk_id$jdk_line "
            case $jdk_line in
            JAVA_VERSION=*)
                jdk_feature=${jdk_line#JAVA_VERSION=}
                jdk_feature=${jdk_feature#\"}
                break
                ;;
            esac
        done <"$1/release"
    else
        jdk_id=$("$1/bin/java" -version 2>&1)
        jdk_feature=${jdk_id#*version \"}
        jdk_id="${jdk_id%%"
"*} "
    fi
    jdk_feature=${jdk_feature%%[!0-9]*}
}

# jdk_fits HOME: whether a JDK that is new enough lives there.
jdk_fits() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    jdk_version "$1"
    [ "${jdk_feature:-0}" -ge 25 ] || return 1
    jdk=$1
}

# jdk_home FILE: prints the home of the JDK to which a `java` on the PATH leads, through links and wrapper scripts.
jdk_home() {
    jdk_real=$(readlink -f "$1" 2>/dev/null) || jdk_real=$1
    jdk_real=${jdk_real%/bin/java}
    if [ -r "$jdk_real/release" ]; then
        printf '%s\n' "$jdk_real"
    else
        "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
    fi
}

jdk_on_path() {
    jdk_ifs=$IFS
    IFS=:
    for jdk_folder in $PATH; do
        IFS=$jdk_ifs
        if [ -x "$jdk_folder/java" ] && jdk_fits "$(jdk_home "$jdk_folder/java")"; then
            return 0
        fi
    done
    IFS=$jdk_ifs
    return 1
}

find_jdk() {
    jdk=''
    if [ -n "${KUBEPKI_JAVA_HOME-}" ]; then
        jdk_fits "$KUBEPKI_JAVA_HOME" && return 0
        echo "kubepki: KUBEPKI_JAVA_HOME is $KUBEPKI_JAVA_HOME, where no JDK of version 25 or newer lives: correct or unset it." >&2
        return 1
    fi
    if [ -n "${JAVA_HOME-}" ] && jdk_fits "$JAVA_HOME"; then
        return 0
    fi
    jdk_on_path && return 0
    for jdk_folder in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/local/lib/jvm/* /usr/java/* /usr/local/*jdk* \
        /opt/* /opt/java/* /opt/jdk/* /opt/jvm/* /snap/openjdk/current/jdk \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
        "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.gradle/jdks/* \
        "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.asdf/installs/java/* \
        "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        jdk_fits "$jdk_folder" && return 0
    done
    echo "kubepki: needs a JDK of version 25 or newer and found none in JAVA_HOME, on the PATH or in the usual folders: install one (https://adoptium.net has them), or set JAVA_HOME to yours." >&2
    return 1
}
