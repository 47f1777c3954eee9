package dev.kubepki.pki.inspect;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a file that holds nothing of a PKI looks like.
final class Appearance {
    private record Mark(String start, String sentence) {}

    private static final List<Mark> MARKS = List.of(
            new Mark("\u001f\u008b", "looks like a gzip archive; unpack it first"),
            new Mark("PK\u0003\u0004", "looks like a zip archive; unpack it first"),
            new Mark("\u007fELF", "looks like a program"),
            new Mark("#!", "looks like a script"),
            new Mark("%PDF", "looks like a PDF document"),
            new Mark("\u0089PNG", "looks like a picture"),
            new Mark("ssh-", "looks like an SSH public key, which is not used in a cluster's PKI"),
            new Mark("ecdsa-sha2-", "looks like an SSH public key, which is not used in a cluster's PKI"),
            new Mark("\u00ff\u00fe", "looks like UTF-16 text; store it as UTF-8"),
            new Mark("\u00fe\u00ff", "looks like UTF-16 text; store it as UTF-8"),
            new Mark("<", "looks like HTML or XML, perhaps an error page that was saved"));

    private Appearance() {}

    static String of(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.ISO_8859_1);
        for (Mark mark : MARKS) {
            if (start.startsWith(mark.start())) {
                return mark.sentence();
            }
        }
        if (start.isBlank()) {
            return "holds nothing but blanks";
        }
        boolean binary = start.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
        return binary ? "is binary data of an unknown kind" : "is text of an unknown kind";
    }
}
