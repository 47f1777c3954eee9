package dev.kubepki.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private static final CommandSpec INSTALL =
            CommandSpec.named("install", "Install it").runs(() -> in -> ExitCode.DONE);
    private static final CommandSpec TRUST = CommandSpec.named("trust", "Trust a CA")
            .groups(INSTALL, CommandSpec.named("remove", "Remove it").runs(() -> in -> ExitCode.DONE));

    private static Session running(Handler handler) {
        return Session.of(
                CommandSpec.named("do", "Do it")
                        .operands(Operands.between(0, 1, "[FILE]", ValueKind.FILE))
                        .options(
                                OptionSpec.directory("dir", "DIR", "the folder").defaultsTo("/etc/kubernetes"))
                        .runs(() -> handler),
                TRUST);
    }

    @Test
    void returnsTheHandlersExitCode() {
        assertThat(running(in -> ExitCode.FINDINGS).run("do")).isEqualTo(3);
    }

    @Test
    void printsAFailureWithItsHintsAndExitsWithOne() {
        Session session = running(in -> {
            throw new CommandFailure("ca.crt: it has ended", "Renew it.");
        });
        assertThat(session.run("do")).isEqualTo(1);
        assertThat(session.err()).isEqualTo("error: ca.crt: it has ended\nRenew it.\n");
    }

    @Test
    void printsAUsageErrorOfTheHandlerAndExitsWithTwo() {
        Session session = running(in -> {
            throw new UsageException("name one of --all and NAME", "Perhaps --all?");
        });
        assertThat(session.run("do")).isEqualTo(2);
        assertThat(session.err())
                .isEqualTo("error: name one of --all and NAME\nPerhaps --all?\nSee 'prog do --help'.\n");
    }

    @Test
    void namesAMissingFile() {
        Session session = running(in -> {
            throw new NoSuchFileException("/x/ca.crt");
        });
        assertThat(session.run("do")).isEqualTo(1);
        assertThat(session.err()).isEqualTo("error: /x/ca.crt: there is no such file or folder; check the path\n");
    }

    @Test
    void namesAForbiddenFileInsideAnUncheckedFailure() {
        Session session = running(in -> {
            throw new UncheckedIOException(new AccessDeniedException("/x/ca.key"));
        });
        assertThat(session.run("do")).isEqualTo(1);
        assertThat(session.err()).isEqualTo("error: /x/ca.key: permission denied; run as a user who may use it\n");
    }

    @Test
    void saysThatTheDiskIsFull() {
        Session session = running(in -> {
            throw new FileSystemException("/x/ca.crt", null, "No space left on device");
        });
        session.run("do");
        assertThat(session.err())
                .isEqualTo("error: /x/ca.crt: no space left on the device; free some and run it again\n");
    }

    @Test
    void keepsTheMessageOfAnUnexpectedFailureToItself() {
        Session session = running(in -> {
            throw new IllegalStateException("password is hunter2");
        });
        assertThat(session.run("do")).isEqualTo(1);
        assertThat(session.err())
                .isEqualTo(
                        "error: internal error: IllegalStateException; run with KUBEPKI_DEBUG=1 for the stack trace\n");
    }

    @Test
    void printsTheMessageOfAFailureThatWasWrittenForPeople() {
        Session session = running(in -> {
            throw new ArithmeticException("ca.key: no key that can sign");
        });
        assertThat(session.run("do")).isEqualTo(1);
        assertThat(session.err()).isEqualTo("error: ca.key: no key that can sign\n");
    }

    @Test
    void namesAHostThatIsUnknownAndTextThatIsNone() {
        assertThat(FailureText.of(new UnknownHostException("k8s.example")))
                .isEqualTo("k8s.example: no such host; check the name");
        assertThat(FailureText.of(new MalformedInputException(1))).isEqualTo("the input is not UTF-8 text");
    }

    @Test
    void showsTheStackTraceWithoutBase64WhenDebugging() {
        String key = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg";
        Session session = running(in -> {
                    throw new IllegalStateException("bad key " + key + " in /etc/kubernetes/pki/ca.key");
                })
                .with("KUBEPKI_DEBUG", "1");
        session.run("do");
        assertThat(session.err())
                .contains("java.lang.IllegalStateException: bad key [left out] in /etc/kubernetes/pki/ca.key")
                .contains("at dev.kubepki.cli")
                .doesNotContain(key);
    }

    @Test
    void resolvesPathsFromTheWorkingDirectory() {
        Session session = running(in -> {
            in.out().println(in.requiredPath("dir") + " " + in.operandPaths());
            return ExitCode.DONE;
        });
        session.run("do", "--dir", "demo/../set", "ca.crt");
        assertThat(session.out()).isEqualTo(Path.of("/work-dir/set") + " [" + Path.of("/work-dir/ca.crt") + "]\n");
    }

    @Test
    void givesTheDeclaredDefault() {
        Session session = running(in -> {
            in.out().println(in.required("dir") + " " + in.given("dir"));
            return ExitCode.DONE;
        });
        session.run("do");
        assertThat(session.out()).isEqualTo("/etc/kubernetes false\n");
    }

    @Test
    void failsAtOnceForAnOptionThatWasNeverDeclared() {
        Session session = running(in -> in.flag("nope") ? 0 : 1);
        assertThat(session.run("do")).isEqualTo(1);
        assertThat(session.err()).contains("IllegalArgumentException");
    }

    @Test
    void keepsResultsAndErrorsInOrderInOnePipe() {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        CommandTable table = running(in -> {
                    in.out().println("result");
                    in.err().println("warning");
                    in.out().println("more");
                    return ExitCode.DONE;
                })
                .table();
        Program.run(
                table,
                new Surroundings(
                        InputStream.nullInputStream(),
                        both,
                        both,
                        Map.of(),
                        Path.of("/"),
                        Clock.systemUTC(),
                        Terminals.none()),
                "do");
        assertThat(both.toString(StandardCharsets.UTF_8)).isEqualTo("result\nwarning\nmore\n");
    }

    @Test
    void findsSubcommands() {
        assertThat(Session.of(TRUST).run("trust", "install")).isZero();
    }

    @Test
    void saysWhichWordsMayFollowAGroup() {
        Session session = Session.of(TRUST);
        assertThat(session.run("trust")).isEqualTo(2);
        assertThat(session.err()).isEqualTo("""
                error: 'prog trust' needs one of these words after it: install, remove
                See 'prog trust --help'.
                """);
    }

    @Test
    void suggestsTheNearestCommandAndSubcommand() {
        Session first = Session.of(TRUST);
        assertThat(first.run("turst")).isEqualTo(2);
        assertThat(first.err()).contains("unknown command 'turst'\nDid you mean trust?\nSee 'prog --help'.");
        Session second = Session.of(TRUST);
        assertThat(second.run("trust", "instal")).isEqualTo(2);
        assertThat(second.err()).contains("unknown command 'instal'\nDid you mean install?\nSee 'prog trust --help'.");
    }

    @Test
    void takesGlobalOptionsBeforeTheCommand() {
        Session session = running(in -> {
            in.out().print(in.quiet() + " " + in.style().on());
            return ExitCode.DONE;
        });
        assertThat(session.run("-q", "--color", "always", "do")).isZero();
        assertThat(session.out()).isEqualTo("true true");
    }

    @Test
    void refusesTooManyOperands() {
        Session session = running(in -> ExitCode.DONE);
        assertThat(session.run("do", "a", "b")).isEqualTo(2);
        assertThat(session.err()).startsWith("error: 'b' is one word too many: expected [FILE]\n");
    }

    @Test
    void refusesACommandBehindTheEndOfOptions() {
        Session session = Session.of(TRUST);
        assertThat(session.run("--", "trust")).isEqualTo(2);
        assertThat(session.err()).startsWith("error: 'trust' is one word too many");
    }

    @Test
    void printsTheVersion() {
        Session session = running(in -> ExitCode.DONE);
        assertThat(session.run("--version")).isZero();
        assertThat(session.out()).isEqualTo("prog 1.2.3\n");
    }

    @Test
    void printsTheSameHelpInEveryWayOfAsking() {
        for (String line :
                new String[] {"trust install -h", "help trust install", "-h trust install", "trust --help install"}) {
            Session session = Session.of(TRUST);
            assertThat(session.run(line.split(" "))).isZero();
            assertThat(session.out()).startsWith("Usage: prog trust install [options]\n");
        }
    }

    @Test
    void coloursOnlyATerminalThatWantsIt() {
        Handler red = in -> {
            in.out().print(in.style().red("x"));
            return ExitCode.DONE;
        };
        String coloured = "\u001b[31mx\u001b[0m";
        assertThat(shown(running(red), "do")).isEqualTo("x");
        assertThat(shown(running(red).atTerminal(Terminals.Stream.OUT), "do")).isEqualTo(coloured);
        assertThat(shown(running(red).atTerminal(Terminals.Stream.ERR), "do")).isEqualTo("x");
        assertThat(shown(running(red).atTerminal(Terminals.Stream.OUT).with("NO_COLOR", "1"), "do"))
                .isEqualTo("x");
        assertThat(shown(running(red).atTerminal(Terminals.Stream.OUT).with("TERM", "dumb"), "do"))
                .isEqualTo("x");
        assertThat(shown(running(red).with("NO_COLOR", "1"), "do", "--color=always"))
                .isEqualTo(coloured);
        assertThat(shown(running(red).atTerminal(Terminals.Stream.OUT), "do", "--color=never"))
                .isEqualTo("x");
    }

    private static String shown(Session session, String... args) {
        session.run(args);
        return session.out();
    }
}
