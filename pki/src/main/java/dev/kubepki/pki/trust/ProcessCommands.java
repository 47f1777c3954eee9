package dev.kubepki.pki.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class ProcessCommands implements SystemCommands {
    private static final int NOT_STARTED = 127;
    // cron and sudo may leave out the folders of the administrator's programs.
    private static final String PROGRAM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    @Override
    public Outcome run(List<String> command) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", PROGRAM_PATH);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Outcome(NOT_STARTED, String.valueOf(e.getMessage()));
        }
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new TrustFailure(command.getFirst() + ": its output can't be read", e);
        }
    }
}
