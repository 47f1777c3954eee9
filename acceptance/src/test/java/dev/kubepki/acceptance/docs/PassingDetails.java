package dev.kubepki.acceptance.docs;

import java.util.List;
import java.util.regex.Pattern;

/// What differs from run to run and from host to host, made equal: times, random numbers, digests, the host's name and
/// addresses, the folder, and with them the width of columns.
record PassingDetails(String hostName, String folder) {
    private record Detail(Pattern pattern, String instead) {}

    private static final List<Detail> DETAILS = List.of(
            new Detail(Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?( UTC|Z)"), "TIME"),
            new Detail(Pattern.compile("\\d{4}-\\d\\d-\\d\\d"), "DATE"),
            new Detail(Pattern.compile("\\b[0-9]+(\\.[0-9]+)?(ms|µs|s)\\b"), "DURATION"),
            new Detail(Pattern.compile("\\b([0-9a-f]{2}:){14,15}[0-9a-f]{2}\\b"), "SERIAL"),
            new Detail(Pattern.compile("\\b([0-9A-Fa-f]{64}|[0-9A-Fa-f]{40}|[0-9A-F]{30,32})\\b"), "HEX"),
            new Detail(Pattern.compile("\\b(?!127\\.|10\\.96\\.)\\d+\\.\\d+\\.\\d+\\.\\d+\\b"), "ADDRESS"),
            new Detail(Pattern.compile("\\b\\d+(?= days| d\\b)"), "N"),
            new Detail(Pattern.compile("\\b3?6[3-5]d\\b|\\b364[0-9]d\\b"), "Nd"),
            new Detail(Pattern.compile("[ \\t]+"), " "),
            new Detail(Pattern.compile("(?m),\\+\\d+ ?$"), ""),
            new Detail(Pattern.compile("[-─]{3,}"), "---"),
            new Detail(Pattern.compile("(?m) $"), ""));

    String without(String text) {
        String plain = text.replace(folder, "FOLDER")
                .replace("/home/ann/clusters", "FOLDER")
                .replaceAll("\\b" + Pattern.quote(hostName) + "\\b", "HOST")
                .replaceAll("\\bcp-1\\b", "HOST");
        for (Detail detail : DETAILS) {
            plain = detail.pattern().matcher(plain).replaceAll(detail.instead());
        }
        return plain;
    }
}
