package dev.kubepki.cli.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A token by which a machine may ask for its first certificate, and nothing else. Never shows its secret half.
final class BootstrapToken {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID = 6;
    private static final int SECRET = 16;

    private final String id;
    private final String secret;

    private BootstrapToken(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    /// A new one.
    ///
    /// @param random must not be guessed
    static BootstrapToken generate(RandomGenerator random) {
        return new BootstrapToken(letters(random, ID), letters(random, SECRET));
    }

    private static String letters(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /// The public half.
    String id() {
        return id;
    }

    /// As a bearer: a secret.
    String bearer() {
        return id + "." + secret;
    }

    /// The name of its Secret in kube-system.
    String secretName() {
        return "bootstrap-token-" + id;
    }

    /// The Secret by which API servers know it.
    ///
    /// @param group whose members may ask
    ObjectNode object(String description, String group, Instant expiration) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "Secret").put("type", "bootstrap.kubernetes.io/token");
        object.putObject("metadata").put("name", secretName()).put("namespace", "kube-system");
        ObjectNode data = object.putObject("data");
        put(data, "token-id", id);
        put(data, "token-secret", secret);
        put(data, "description", description);
        put(data, "expiration", expiration.truncatedTo(ChronoUnit.SECONDS).toString());
        put(data, "usage-bootstrap-authentication", "true");
        put(data, "auth-extra-groups", group);
        return object;
    }

    private static void put(ObjectNode data, String key, String value) {
        data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "BootstrapToken[" + id + ", secret]";
    }
}
