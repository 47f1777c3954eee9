package dev.kubepki.cli.frame;

import java.io.PrintWriter;
import java.io.StringWriter;

/// A stack trace without anything that could be a secret: base64 of some length is left out of the messages.
final class StackTraceText {
    private static final int LONGEST_RUN = 40;

    private StackTraceText() {}

    static String of(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return withoutSecrets(trace.toString());
    }

    // Class names have dots and paths have hyphens and dots, which the standard base64 alphabet lacks, so both survive.
    static String withoutSecrets(String text) {
        StringBuilder clean = new StringBuilder();
        int run = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean base64 = i < text.length() && isBase64(text.charAt(i));
            if (base64) {
                run++;
                continue;
            }
            clean.append(run >= LONGEST_RUN ? "[left out]" : text.substring(i - run, i));
            run = 0;
            if (i < text.length()) {
                clean.append(text.charAt(i));
            }
        }
        return clean.toString();
    }

    private static boolean isBase64(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '=';
    }
}
