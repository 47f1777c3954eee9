# shellcheck shell=sh
# How Java is started: by ./kubepki, by the program that `dev dist` packs, and when the AOT cache is trained, which must
# use the same flags. An AOT cache that doesn't fit is ignored without a word.
# shellcheck disable=SC2034 # for whoever reads this file in
java_flags='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr --enable-native-access=ALL-UNNAMED -Dcom.amazon.corretto.crypto.provider.useExternalLib=true'
