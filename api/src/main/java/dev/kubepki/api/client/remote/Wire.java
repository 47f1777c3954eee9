package dev.kubepki.api.client.remote;

import dev.kubepki.api.client.ClusterUnreachable;
import dev.kubepki.api.failure.ApiFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Requests to a cluster and what it answers. Whatever is no success is a failure: the server's own, or that there was
/// no answer.
final class Wire implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int MOST_RETRIES = 10;
    private static final int LAST_SUCCESS = 299;
    private static final int LONGEST_PAUSE = 30;

    private final Target target;
    private final Clients clients;
    private final String agent;
    private final Duration timeout;

    /// @param agent as what the program names itself
    /// @param timeout of a request that is answered at once
    Wire(Target target, Clients clients, String agent, Duration timeout) {
        this.target = target;
        this.clients = clients;
        this.agent = agent;
        this.timeout = timeout;
    }

    /// A request and its whole answer.
    ///
    /// @param path with its query
    ObjectNode call(String method, String path, @Nullable ObjectNode body) {
        byte[] bytes = send(method, path, body, HttpResponse.BodyHandlers.ofByteArray(), Wire::plain);
        return Json.read(bytes)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> new ClusterUnreachable(target + " answered " + method + " " + path
                        + " with what is no JSON object; is it an API server?"));
    }

    /// An answer that comes bit by bit, and has no end of its own.
    InputStream stream(String path) {
        return send("GET", path, null, HttpResponse.BodyHandlers.ofInputStream(), Wire::drained);
    }

    private static byte[] plain(byte[] body) {
        return body;
    }

    private static byte[] drained(InputStream body) {
        try (body) {
            return body.readNBytes(1 << 20);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /// The bytes of a failure.
    private interface Bytes<T> {
        byte[] of(T body);
    }

    private <T> T send(
            String method,
            String path,
            @Nullable ObjectNode body,
            HttpResponse.BodyHandler<T> handler,
            Bytes<T> bytes) {
        boolean renewed = false;
        for (int attempt = 0; ; attempt++) {
            Credential credential = target.login().current();
            HttpResponse<T> response = exchange(request(method, path, body, credential), credential, handler);
            if (response.statusCode() <= LAST_SUCCESS) {
                return response.body();
            }
            ApiFailure failure = failure(response.statusCode(), bytes.of(response.body()));
            Optional<Duration> pause = pause(response, attempt);
            if (response.statusCode() == UNAUTHORIZED
                    && !renewed
                    && target.login().refused(credential)) {
                renewed = true;
            } else if (pause.isPresent()) {
                sleep(pause.get());
            } else {
                throw failure;
            }
        }
    }

    /// How long a busy server wants to be left alone.
    private static Optional<Duration> pause(HttpResponse<?> response, int attempt) {
        boolean busy = response.statusCode() == TOO_MANY || response.statusCode() >= 500;
        Optional<String> after = header(response.headers());
        if (!busy || after.isEmpty() || attempt >= MOST_RETRIES) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.ofSeconds(Math.min(LONGEST_PAUSE, Integer.parseInt(after.get()))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(HttpHeaders headers) {
        return headers.firstValue("Retry-After");
    }

    private HttpRequest request(String method, String path, @Nullable ObjectNode body, Credential credential) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(clients.base() + path))
                .header("User-Agent", agent)
                .header("Accept", "application/json")
                .timeout(timeout);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
        }
        credential.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.text()));
        target.headers().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return request.build();
    }

    /// The body too must come in time, unless it is a stream.
    private <T> HttpResponse<T> exchange(
            HttpRequest request, Credential credential, HttpResponse.BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> coming = clients.of(credential).sendAsync(request, handler);
        try {
            return coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new ClusterUnreachable(
                    target + " did not answer " + request.method() + " within " + timeout.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ClusterUnreachable(target + " can't be reached: " + Trouble.of(cause), cause);
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new ClusterUnreachable(target + " was not waited for", e);
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterUnreachable("a busy server was not waited for", e);
        }
    }

    private ApiFailure failure(int code, byte[] body) {
        JsonNode status = Json.read(body).orElse(JsonNodeFactory.instance.objectNode());
        return StatusReading.failure(code, status, target.toString());
    }

    @Override
    public void close() {
        clients.close();
    }
}
