package dev.kubepki.cli;

import java.io.PrintStream;

/// The program `kubepki`.
public final class Main {
    private Main() {}

    static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        out.println("kubepki 0.1.0-SNAPSHOT");
        return 0;
    }
}
