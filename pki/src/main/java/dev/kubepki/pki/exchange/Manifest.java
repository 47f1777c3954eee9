package dev.kubepki.pki.exchange;

import dev.kubepki.pki.document.Document;
import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.JsonWriter;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Problem;
import dev.kubepki.pki.document.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/// What the manifests of both archives have in common: JSON with a kind and a version, read strictly.
final class Manifest {
    static final String KIND = "kind";
    static final String VERSION = "version";
    private static final long CURRENT = 1;

    private Manifest() {}

    static Mapping begin(String kind) {
        return Mapping.of(KIND, kind).with(VERSION, CURRENT);
    }

    static byte[] encode(Mapping manifest) {
        return JsonWriter.indented(2).write(manifest).getBytes(StandardCharsets.UTF_8);
    }

    /// Reads a manifest; every problem is in the failure's details.
    static <T> T read(String file, String kind, byte[] content, Function<Fields, T> reader) {
        try {
            Document document = Documents.readOne(file, content);
            Problems problems = document.problems();
            Fields fields = document.fields(problems);
            if (!fields.string(KIND).filter(kind::equals).isPresent()) {
                throw new ExchangeFailure(file + ": is not a " + kind);
            }
            if (fields.integer(VERSION).orElse(0) != CURRENT) {
                throw new ExchangeFailure(file + ": is of another version of kubepki; use the same on both sides");
            }
            T value = reader.apply(fields);
            fields.refuseUnknown();
            if (!problems.isEmpty()) {
                throw new ExchangeFailure(
                        file + ": its manifest can't be read",
                        problems.list().stream().map(Problem::toString).toList());
            }
            return value;
        } catch (DocumentFailure e) {
            throw new ExchangeFailure(file + ": its manifest can't be read: " + e.getMessage(), e);
        }
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is not a time such as 2026-01-31T12:00:00Z", e);
        }
    }

    static Duration lifetime(String text) {
        try {
            Duration lifetime = Duration.parse(text);
            if (lifetime.isPositive() && lifetime.compareTo(Duration.ofDays(100 * 366)) < 0) {
                return lifetime;
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is not a length of time such as PT8760H", e);
        }
        throw new IllegalArgumentException("is not between nothing and 100 years");
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The digest as two people read it to each other: blocks of four.
    static String spaced(String digest) {
        return String.join(" ", List.of(digest.split("(?<=\\G....)")));
    }
}
