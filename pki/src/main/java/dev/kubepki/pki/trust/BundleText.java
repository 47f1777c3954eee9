package dev.kubepki.pki.trust;

import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.x509.Certificate;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/// The bundle file of a system, edited by hand: what is put in stands between two marks, so that exactly it can be
/// taken
/// out again. PEM readers pass over text between blocks.
final class BundleText {
    private static final String BEGIN = "# kubepki begin ";
    private static final String END = "# kubepki end ";

    private final String text;

    /// Every byte survives, whatever the encoding of comments.
    BundleText(byte[] content) {
        this.text = new String(content, StandardCharsets.ISO_8859_1);
    }

    byte[] encoded() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The fingerprints of everything in it. Certificates are compared, not read: a system's bundle may hold some that
    /// only its own tools understand. A file that is no PEM is one certificate in DER.
    Set<String> fingerprints() {
        Set<String> found = new LinkedHashSet<>();
        byte[] content = encoded();
        if (!Pem.looksLikePem(content)) {
            found.add(sha256(content));
            return found;
        }
        for (Pem block : blocks(content)) {
            if (block.type().equals("CERTIFICATE")) {
                found.add(sha256(block.der()));
            }
        }
        return found;
    }

    private static List<Pem> blocks(byte[] content) {
        try {
            return Pem.readAll(content);
        } catch (KeyFailure e) {
            return List.of();
        }
    }

    /// What stands between marks: name to fingerprint.
    Map<String, String> marked() {
        Map<String, String> found = new LinkedHashMap<>();
        text.lines().filter(line -> line.startsWith(BEGIN)).forEach(line -> {
            String[] words = line.substring(BEGIN.length()).strip().split(" ", -1);
            if (words.length == 2) {
                found.put(words[0], words[1]);
            }
        });
        return found;
    }

    /// With these at the end, those left out that are in it already.
    BundleText with(Map<String, Certificate> byName) {
        Set<String> present = fingerprints();
        StringBuilder more = new StringBuilder(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            more.append('\n');
        }
        byName.forEach((name, certificate) -> {
            String fingerprint = certificate.fingerprint();
            if (present.add(fingerprint)) {
                String mark = name + " " + fingerprint + "\n";
                more.append(BEGIN).append(mark).append(certificate.pem().encode());
                more.append(END).append(mark);
            }
        });
        return new BundleText(more.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Without what stands between marks and is meant.
    BundleText withoutMarked(BiPredicate<String, String> meant) {
        String rest = text;
        for (Map.Entry<String, String> entry : marked().entrySet()) {
            String mark = entry.getKey() + " " + entry.getValue() + "\n";
            int begin = rest.indexOf(BEGIN + mark);
            int end = rest.indexOf(END + mark, Math.max(begin, 0));
            if (meant.test(entry.getKey(), entry.getValue()) && begin >= 0 && end >= 0) {
                rest = rest.substring(0, begin) + rest.substring(end + END.length() + mark.length());
            }
        }
        return new BundleText(rest.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Without these certificates, however they came in.
    BundleText without(Set<String> fingerprints) {
        List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
        for (Pem block : blocks(encoded()).reversed()) {
            if (fingerprints.contains(sha256(block.der()))) {
                int from = block.line() - 1;
                int to = from;
                while (!lines.get(to).startsWith("-----END")) {
                    to++;
                }
                lines.subList(from, to + 1).clear();
            }
        }
        return new BundleText(String.join("", lines).getBytes(StandardCharsets.ISO_8859_1));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BundleText that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
