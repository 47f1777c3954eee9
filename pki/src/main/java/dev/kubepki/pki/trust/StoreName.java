package dev.kubepki.pki.trust;

import dev.kubepki.pki.x509.Certificate;
import java.util.Locale;
import java.util.regex.Pattern;

/// Under which name a certificate is put into a store: `kubepki-NAME-XXXXXXXX`, the end being the first eight digits
/// of its fingerprint, so that two CAs of one name stand side by side and what is ours is known.
record StoreName(String text) {
    private static final String MARK = "kubepki-";
    private static final int DIGITS = 8;
    private static final int LONGEST = 60;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,58}[a-z0-9])?");

    /// @param name as a person chose it
    static StoreName of(String name, Certificate certificate) {
        if (!NAME.matcher(name).matches()) {
            throw new TrustFailure("the name '" + name
                    + "' is not made of lower-case letters, digits and '-' (at most 60); choose another --name");
        }
        return new StoreName(MARK + name + "-" + certificate.fingerprint().substring(0, DIGITS));
    }

    /// Named after the certificate's subject.
    static StoreName of(Certificate certificate) {
        String words = certificate
                .subject()
                .commonName()
                .orElse("ca")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String name = words.substring(0, Math.min(words.length(), LONGEST)).replaceAll("^-|-$", "");
        return of(name.isEmpty() ? "ca" : name, certificate);
    }

    static boolean isOurs(String text) {
        return text.startsWith(MARK);
    }

    /// Whether a name of a store, without the file's ending, was made from this `--name`.
    static boolean isNamed(String text, String name) {
        String start = MARK + name + "-";
        return text.startsWith(start) && text.length() == start.length() + DIGITS;
    }
}
