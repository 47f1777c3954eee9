# shellcheck shell=sh
# The long way of ./kubepki: finds the JDK, builds, makes the AOT cache, and notes all of it for the next start.
# Reads root and app; sets java and cache.
# shellcheck disable=SC2154 # root and app are set by ./kubepki

# shellcheck source=cli/src/main/sh/jdk.sh
. "$root/cli/src/main/sh/jdk.sh"

give_up() {
    echo "kubepki: $1" >&2
    exit 1
}

prepare() {
    find_jdk || exit 1
    java=$jdk/bin/java
    cache=''
    if ! mkdir -p "$app" 2>/dev/null || ! [ -w "$app" ]; then
        current && return 0
        give_up "must be built, and can't write to $app: build it as the owner of this folder."
    fi
    lock
    current || build
    make_cache
    note
    unlock
}

# Whether the jar is as new as the sources.
current() {
    [ -r "$app/stamp" ] && [ -r "$app/kubepki.jar" ] &&
        [ -z "$(find "$root/pom.xml" "$root"/*/pom.xml "$root/.mvn" "$root"/*/src/main -newer "$app/stamp" -print -quit 2>&1)" ]
}

# One build at a time. The system takes a flock back from a process that dies, however it dies; elsewhere the folder
# that stands for the lock names its owner, and an owner that is gone has lost it.
lock() {
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$app/lock"
        flock -n 9 || {
            echo 'kubepki: waiting for another build ...' >&2
            flock 9
        }
        return
    fi
    lock_told=''
    until mkdir "$app/lock.d" 2>/dev/null; do
        [ -n "$lock_told" ] || echo 'kubepki: waiting for another build ...' >&2
        lock_told=yes
        sleep 1
        lock_owner=$(cat "$app/lock.d/pid" 2>/dev/null)
        if [ -n "$lock_owner" ] && ! kill -0 "$lock_owner" 2>/dev/null; then
            break_lock "$lock_owner"
        elif [ -z "$lock_owner" ] && [ -n "$(find "$app/lock.d" -prune -mmin +1 2>/dev/null)" ]; then
            break_lock ''
        fi
    done
    echo $$ >"$app/lock.d/pid"
}

# A rename has one winner; and if the lock changed hands meanwhile, it is put back.
break_lock() {
    mv "$app/lock.d" "$app/lock.dead.$$" 2>/dev/null || return 0
    if [ "$(cat "$app/lock.dead.$$/pid" 2>/dev/null)" = "$1" ]; then
        rm -rf "$app/lock.dead.$$"
    else
        mv "$app/lock.dead.$$" "$app/lock.d"
    fi
}

unlock() {
    if command -v flock >/dev/null 2>&1; then
        exec 9>&-
    else
        rm -rf "$app/lock.d"
    fi
}

build() {
    if [ -r "$app/kubepki.jar" ]; then
        echo 'kubepki: building (the sources changed) ...' >&2
    else
        echo 'kubepki: building (first use, about 30 s; longer while Maven downloads) ...' >&2
    fi
    # The stamp is older than what the build reads: an edit while it runs is seen the next time.
    : >"$app/stamp.new"
    build_log=$app/build.log
    [ -n "${HOME-}" ] || export MAVEN_USER_HOME="${MAVEN_USER_HOME:-$app/m2}"
    (
        cd "$root" || exit 1
        build_commit=$(git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null)
        JAVA_HOME=$jdk ./mvnw -B -ntp -Dquick -Dmaven.test.skip=true "-Dbuild.commit=$build_commit" -pl cli -am package
    ) </dev/null >"$build_log" 2>&1 || {
        unlock
        give_up "the build failed: read $build_log."
    }
    install_build || {
        unlock
        give_up "can't copy what was built to $app."
    }
}

# By rename, so that programs that run from the old files keep them.
install_build() {
    built=$root/cli/target/quick/app
    mkdir -p "$app/native" && rm -f "$app/start" || return 1
    for built_file in "$built"/native/*; do
        [ -e "$built_file" ] || continue
        cp "$built_file" "$app/native.new" || return 1
        mv -f "$app/native.new" "$app/native/${built_file##*/}" || return 1
    done
    cp "$built/kubepki.jar" "$app/kubepki.jar.new" &&
        mv -f "$app/kubepki.jar.new" "$app/kubepki.jar" &&
        mv -f "$app/stamp.new" "$app/stamp"
}

# The AOT cache fits one build of the JDK and one jar, and its name says which: JDK 25 does not compare the jar itself,
# and would run the classes of the old one. Every failure here costs start-up time
# and nothing else, so there is nothing to report.
make_cache() {
    cache_folder=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
    [ -n "$cache_folder" ] && mkdir -p "$cache_folder/kubepki" 2>/dev/null || return 0
    [ -w "$cache_folder/kubepki" ] || return 0
    # shellcheck source=cli/src/main/sh/flags.sh
    . "$root/cli/src/main/sh/flags.sh"
    cache_clone=$cache_folder/kubepki/clone-$(printf '%s\n' "$app" | sum_of)
    cache=$cache_clone-$(
        {
            printf '%s\n' "$java" "$jdk_id" "$java_flags"
            stat -c '%Y %s' "$app/kubepki.jar" 2>/dev/null || stat -f '%m %z' "$app/kubepki.jar"
        } | sum_of
    ).aot
    [ ! -r "$cache" ] || return 0
    cache_new=$cache_folder/kubepki/new-$$.aot
    if make_aot_cache "$java" "$app/kubepki.jar" "$app/native" "$cache_new" </dev/null >"$app/training.log" 2>&1; then
        rm -f "$cache_clone"-*.aot
        mv -f "$cache_new" "$cache" || cache=''
    else
        cache=''
    fi
    rm -f "$cache_new" "$cache_new.config"
    # Left by killed trainings, and by clones that are gone.
    find "$cache_folder/kubepki" -type f \( -name 'new-*' -mtime +1 -o -name 'clone-*' -atime +60 \) -exec rm -f {} + 2>/dev/null
    return 0
}

sum_of() {
    sum=$(cksum)
    printf '%s' "${sum%% *}"
}

note() {
    printf '%s\n' "$java" "${KUBEPKI_JAVA_HOME-}|${JAVA_HOME-}" "$jdk_id" "$cache" >"$app/start.$$" &&
        mv -f "$app/start.$$" "$app/start"
}
