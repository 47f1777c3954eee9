package dev.kubepki.api.discovery;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names the content of a document, so that a client need not load what it has.
public final class EntityTag {
    private EntityTag() {}

    /// The SHA-512 of the document in upper-case hexadecimal; an `ETag` header has it in double quotes.
    public static String of(byte[] document) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(document);
            return HexFormat.of().withUpperCase().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }
}
