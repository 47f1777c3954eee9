package dev.kubepki.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Questions, progress, lengths of time, broken outputs.
class ConversationTest {
    private static final Handler ASK = in -> Prompt.confirm(in, "Replace 3 files", "--yes") ? 0 : 1;

    private static CommandSpec running(Handler handler) {
        return CommandSpec.named("do", "Do it").runs(() -> handler);
    }

    /// A clock that goes on by 250 ms whenever somebody looks.
    private static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        @Override
        public Instant instant() {
            now = now.plusMillis(250);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static String progress(Terminals terminals, int total, String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandSpec command = running(in -> {
            try (Progress progress = Progress.of(in, "issuing", total)) {
                for (int i = 0; i < total; i++) {
                    progress.step();
                }
            }
            return 0;
        });
        Surroundings world = new Surroundings(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                err,
                Map.of(),
                Path.of("/"),
                new Ticking(),
                terminals);
        assertThat(Program.run(Session.of(command).table(), world, args)).isZero();
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void refusesToAskWhereNobodyCanAnswer() {
        Session session = Session.of(running(ASK)).typing("y\n");
        assertThat(session.run("do")).isEqualTo(2);
        assertThat(session.err()).isEqualTo("""
                error: Replace 3 files? Nobody is there to answer: standard input is not a terminal
                Give --yes to say yes.
                See 'prog do --help'.
                """);
    }

    @ParameterizedTest
    @CsvSource({"y,0", "YES,0", "' yes ',0", "n,1", "'',1", "yep,1"})
    void takesOnlyYesForYes(String answer, int code) {
        Session session =
                Session.of(running(ASK)).atTerminal(Terminals.Stream.IN).typing(answer + "\nmore");
        assertThat(session.run("do")).isEqualTo(code);
        assertThat(session.err()).isEqualTo("Replace 3 files? [y/N] ");
    }

    @Test
    void takesTheEndOfInputForNo() {
        assertThat(Session.of(running(ASK)).atTerminal(Terminals.Stream.IN).run("do"))
                .isEqualTo(1);
    }

    @Test
    void printsALineForEachTenthWithoutATerminal() {
        assertThat(progress(Terminals.none(), 200, "do").lines())
                .hasSize(10)
                .startsWith("issuing: 20/200 (10 %), 4/s, 0:45 left")
                .endsWith("issuing: 200/200 (100 %), 4/s");
    }

    @Test
    void sparesALogTheTenthsOfAFewThings() {
        assertThat(progress(Terminals.none(), 99, "do")).isEmpty();
    }

    @Test
    void redrawsABarOnATerminalAndClearsIt() {
        String drawn = progress(stream -> stream == Terminals.Stream.ERR, 3, "do");
        assertThat(drawn)
                .isEqualTo("\r\u001b[Kissuing [########................] 1/3, 4/s, 0:00 left"
                        + "\r\u001b[Kissuing [################........] 2/3, 4/s, 0:00 left"
                        + "\r\u001b[Kissuing [########################] 3/3, 4/s"
                        + "\r\u001b[K");
    }

    @Test
    void staysSilentWithQuiet() {
        assertThat(progress(stream -> true, 20, "do", "--quiet")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "90d,P90D",
        "12h,PT12H",
        "1y,P365D",
        "2w,P14D",
        "8760h0m0s,P365D",
        "1d12h,PT36H",
        "0s,PT0S",
    })
    void readsLengthsOfTime(String text, String iso) {
        assertThat(DurationText.parse(text)).contains(Duration.parse(iso));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "90", "d", "-1d", "1.5h", "90D", "1dd", "9999999999999999999d", "300000000000y", "1 d", "d1"
            })
    void refusesWhatIsNoLengthOfTime(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe,0,''", "No space left on device,1,no space left on the device"})
    void exitsQuietlyOnlyWhereTheReaderWentAway(String reason, int code, String said) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(reason);
            }
        };
        CommandSpec command = running(in -> {
            in.out().println("x".repeat(100_000));
            return 0;
        });
        Surroundings world = new Surroundings(
                InputStream.nullInputStream(), broken, err, Map.of(), Path.of("/"), new Ticking(), Terminals.none());
        assertThat(Program.run(Session.of(command).table(), world, "do")).isEqualTo(code);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(said).hasSizeLessThan(code == 0 ? 1 : 200);
    }

    @ParameterizedTest
    @CsvSource({"C.UTF-8,'',true", "de_DE.utf8,'',true", "C,'',false", "en_US.UTF-8,C,false", "'','',false"})
    void readsTheLocale(String lang, String all, boolean unicode) {
        Session session = Session.of(running(in -> in.unicode() ? 0 : 1))
                .with("LANG", lang)
                .with("LC_ALL", all);
        assertThat(session.run("do")).isEqualTo(unicode ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"132,132", "10,40", "wide,80", "'',80", "-1,80"})
    void readsTheWidth(String columns, int width) {
        assertThat(Invocation.width(Map.of("COLUMNS", columns))).isEqualTo(width);
    }
}
