package dev.kubepki.api.client.remote;

import dev.kubepki.api.client.ClusterUnreachable;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A credential that another program gives, such as a cloud's. It is kept until its time ends or the server refuses it.
final class PluginLogin implements Login {
    private static final long LONGEST_MINUTES = 5;

    private final PluginCall call;
    private final ObjectNode cluster;
    private final boolean terminal;
    private final Clock clock;
    private @Nullable Credential known;
    private Instant end = Instant.MIN;

    /// @param cluster what a plugin that asks for it is told of the cluster
    /// @param terminal whether a person can answer the plugin
    PluginLogin(PluginCall call, ObjectNode cluster, boolean terminal, Clock clock) {
        this.call = call;
        this.cluster = cluster;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public synchronized Credential current() {
        Credential last = known;
        if (last == null || !clock.instant().isBefore(end)) {
            last = take(run());
            known = last;
        }
        return last;
    }

    @Override
    public synchronized boolean refused(Credential credential) {
        if (credential.equals(known)) {
            known = null;
        }
        return true;
    }

    private byte[] run() {
        if (call.needsTerminal() && !terminal) {
            throw failure("asks a person, and there is no terminal");
        }
        ProcessBuilder builder = new ProcessBuilder(call.command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(
                        terminal && call.usesTerminal()
                                ? ProcessBuilder.Redirect.INHERIT
                                : ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        builder.environment().putAll(call.environment());
        builder.environment().put("KUBERNETES_EXEC_INFO", Json.text(info()));
        try {
            Process process = builder.start();
            byte[] out = process.getInputStream().readAllBytes();
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw failure("did not end");
            }
            if (process.exitValue() != 0) {
                throw failure("ended with code " + process.exitValue());
            }
            return out;
        } catch (IOException e) {
            throw failure("could not be run: " + e.getMessage() + (call.hint().isEmpty() ? "" : "; " + call.hint()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was interrupted");
        }
    }

    private ObjectNode info() {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.put("kind", "ExecCredential").put("apiVersion", call.apiVersion());
        ObjectNode spec = info.putObject("spec").put("interactive", terminal && call.usesTerminal());
        if (call.withCluster()) {
            spec.set("cluster", cluster);
        }
        return info;
    }

    private Credential take(byte[] out) {
        JsonNode answer = Json.read(out).orElseThrow(() -> failure("answered what is no JSON"));
        if (!answer.path("apiVersion").asString("").equals(call.apiVersion())) {
            throw failure("answered in version '" + answer.path("apiVersion").asString("") + "', not in "
                    + call.apiVersion());
        }
        JsonNode status = answer.path("status");
        String chain = status.path("clientCertificateData").asString("");
        String key = status.path("clientKeyData").asString("");
        String token = status.path("token").asString("");
        if (token.isEmpty() && (chain.isEmpty() || key.isEmpty())) {
            throw failure("gave neither a token nor a certificate with its key");
        }
        end = end(status.path("expirationTimestamp").asString(""));
        return new Credential(
                token.isEmpty() ? Optional.empty() : Optional.of(new Secret(token)),
                chain.isEmpty() || key.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Credential.ClientPem(chain, new Secret(key))));
    }

    private Instant end(String text) {
        try {
            return text.isEmpty() ? Instant.MAX : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw failure("gave an expirationTimestamp that is no time: " + text);
        }
    }

    private ClusterUnreachable failure(String what) {
        return new ClusterUnreachable("the credential plugin " + call.command().getFirst()
                + " of the kubeconfig's user " + call.user() + " " + what);
    }

    /// What a plugin is told of a cluster.
    static ObjectNode cluster(String server, String serverName, boolean insecure, byte[] authorities) {
        ObjectNode cluster = JsonNodeFactory.instance.objectNode();
        cluster.put("server", server);
        if (!serverName.isEmpty()) {
            cluster.put("tls-server-name", serverName);
        }
        if (insecure) {
            cluster.put("insecure-skip-tls-verify", true);
        }
        if (authorities.length > 0) {
            cluster.put("certificate-authority-data", Base64.getEncoder().encodeToString(authorities));
        }
        return cluster;
    }

    /// Never what it was given.
    @Override
    public String toString() {
        return "login by " + call.command().getFirst();
    }
}
