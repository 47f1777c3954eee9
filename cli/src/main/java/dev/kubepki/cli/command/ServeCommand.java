package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.server.Server;
import dev.kubepki.server.ServerFailure;
import dev.kubepki.server.ServerOptions;
import dev.kubepki.server.log.ServerLog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;

/// `kubepki serve`: the certificates API for anyone, without a cluster.
public final class ServeCommand implements Handler {
    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("serve", "Serve the certificates API to kubectl and other clients")
                .describedAs("""
                        Serves the part of the Kubernetes API that certificates and rights are made of, from a store of its
                        own: kubectl applies, approves, downloads, binds and asks as with any cluster.

                        A folder without a set gets one as kubeadm makes it; an existing set is taken as it is. The
                        listener's certificate is made in memory and covers the names by which the server is reached here.

                        SIGTERM ends it: watches are closed, requests are finished, then the store is closed.
                        """)
                .options(
                        OptionSpec.directory("dir", "DIR", "the folder that holds pki and the kubeconfigs")
                                .defaultsTo("/etc/kubernetes"),
                        OptionSpec.directory(
                                "data", "DIR", "the folder of the store; data in --dir if it is not given"))
                .options(ServeOptions.all())
                .example("kubepki serve --dir demo", "serve ./demo, made if it is not there, on https://127.0.0.1:6443")
                .example("kubepki serve --dir demo --secure-port 7443", "on another port")
                .exits(ExitCode.FAILED, "it can't start: the port is in use, or a file is missing or can't be read")
                .runs(ServeCommand::new);
    }

    @Override
    public int run(Invocation in) throws Exception {
        ServerLog.install(in.err(), in.required("log-level"));
        Path directory = in.requiredPath("dir");
        ServeSet set = new ServeSet(in, directory);
        set.makeUnlessThere(ServeOptions.bind(in));
        Server server = start(in, directory);
        CountDownLatch ended = new CountDownLatch(1);
        Thread stop = Thread.ofPlatform().unstarted(() -> {
            server.close();
            ended.countDown();
            Runtime.getRuntime().halt(ExitCode.DONE);
        });
        Runtime.getRuntime().addShutdownHook(stop);
        set.tell(ServeOptions.bind(in), server.port());
        try {
            ended.await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(stop);
            server.close();
        }
        return ExitCode.DONE;
    }

    private static Server start(Invocation in, Path directory) throws CommandFailure {
        ServerOptions options = ServeOptions.of(in, directory);
        try {
            return Server.start(options, in.clock(), new SecureRandom(), in.out());
        } catch (ServerFailure e) {
            throw new CommandFailure(e.sentence(), e);
        }
    }
}
