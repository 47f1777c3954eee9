package dev.kubepki.pki.inspect;

import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Service-account tokens: JSON Web Signatures in the compact form (RFC 7515 §7.1). The signature is not read.
final class TokenReader {
    private static final int MAX_LENGTH = 1 << 16;

    private static final Pattern COMPACT = Pattern.compile("(eyJ[\\w-]+)\\.(eyJ[\\w-]+)\\.[\\w-]*");

    private TokenReader() {}

    /// @param length of the whole file, of which the text may be the start
    static Optional<Description> read(String text, int length) {
        Matcher matcher = COMPACT.matcher(text);
        if (length > MAX_LENGTH || !matcher.matches()) {
            return Optional.empty();
        }
        Optional<Mapping> header = part(matcher.group(1));
        Optional<Mapping> claims = part(matcher.group(2));
        return header.isPresent() && claims.isPresent()
                ? Optional.of(new Description.OfToken(header.get(), claims.get()))
                : Optional.empty();
    }

    private static Optional<Mapping> part(String encoded) {
        try {
            Node root = Documents.readOne("token", Base64.getUrlDecoder().decode(encoded))
                    .root();
            return root instanceof Mapping mapping ? Optional.of(mapping) : Optional.empty();
        } catch (IllegalArgumentException | DocumentFailure notOne) {
            return Optional.empty();
        }
    }
}
