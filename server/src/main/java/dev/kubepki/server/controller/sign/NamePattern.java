package dev.kubepki.server.controller.sign;

import java.util.Locale;
import java.util.regex.Pattern;

/// A pattern for names as a file has it.
final class NamePattern {
    private final Pattern pattern;
    private final boolean fold;

    private NamePattern(String regex, boolean fold) {
        this.pattern = Pattern.compile(regex);
        this.fold = fold;
    }

    /// For text: `*` stands for anything, nothing included.
    static NamePattern ofText(String text) {
        return new NamePattern(quoted(text, ".*"), false);
    }

    /// For e-mail addresses: `*` stands for anything but an at sign.
    static NamePattern ofEmail(String text) {
        return new NamePattern(quoted(text, "[^@]*"), false);
    }

    /// For DNS names: `*` stands for one label, and a dot at the start for one or more of them.
    static NamePattern ofDns(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith(".")
                ? new NamePattern("[^.]+(\\.[^.]+)*" + quoted(lower, "[^.]+"), true)
                : new NamePattern(quoted(lower, "[^.]+"), true);
    }

    private static String quoted(String text, String star) {
        StringBuilder regex = new StringBuilder();
        int start = 0;
        for (int at = text.indexOf('*'); at >= 0; at = text.indexOf('*', start)) {
            regex.append(Pattern.quote(text.substring(start, at))).append(star);
            start = at + 1;
        }
        return regex.append(Pattern.quote(text.substring(start))).toString();
    }

    boolean matches(String text) {
        return pattern.matcher(fold ? text.toLowerCase(Locale.ROOT) : text).matches();
    }
}
