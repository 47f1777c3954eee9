package dev.kubepki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.Commands;
import dev.kubepki.cli.frame.Session;
import org.junit.jupiter.api.Test;

class VersionCommandTest {
    private static final String MAPS = "7f00-7f10 rw-p 00000000 08:01 42   /home/me/.cache/kubepki/abc.aot\n";

    private static String printed(String... args) {
        Session session = new Session(Commands.table());
        assertThat(session.run(args)).isZero();
        return session.out();
    }

    @Test
    void printsTheSameAsTheOption() {
        assertThat(printed("version")).isEqualTo(printed("--version")).startsWith("kubepki ");
    }

    @Test
    void namesProviderJavaAndCache() {
        assertThat(printed("version", "-v"))
                .containsPattern("(?m)^cryptoProvider  (JDK|Amazon).*\\d$")
                .containsPattern("(?m)^java            25.*\\)$")
                .containsPattern("(?m)^aotCache        ")
                .containsPattern("(?m)^commit          ")
                .containsPattern("(?m)^program         /.*$");
    }

    @Test
    void printsJsonAndYaml() {
        String version = printed("version").strip().substring("kubepki ".length());
        assertThat(printed("version", "-o", "json")).isEqualTo("{\n  \"version\": \"" + version + "\"\n}\n");
        assertThat(printed("version", "-o", "yaml")).isEqualTo("version: \"" + version + "\"\n");
        assertThat(printed("version", "-v", "-o", "yaml").lines()).hasSize(6);
    }

    @Test
    void quotesWhatJsonCannotHold() {
        assertThat(VersionCommand.quoted("a\"b\\c\n\u001f")).isEqualTo("\"a\\\"b\\\\c\\u000a\\u001f\"");
    }

    @Test
    void tellsACacheThatIsUsedFromOneThatDoesNotFit() {
        assertThat(RunningProgram.aotCache("java\0-XX:AOTCache=/home/me/.cache/kubepki/abc.aot\0-cp\0x", MAPS))
                .isEqualTo("in use: /home/me/.cache/kubepki/abc.aot");
        assertThat(RunningProgram.aotCache("java\0-XX:AOTCache=/home/me/.cache/kubepki/b.aot\0", MAPS))
                .isEqualTo("not in use, it does not fit: /home/me/.cache/kubepki/b.aot");
        assertThat(RunningProgram.aotCache("java\0-cp\0x\0", MAPS)).isEqualTo("none");
    }
}
