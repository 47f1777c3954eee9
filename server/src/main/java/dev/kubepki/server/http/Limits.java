package dev.kubepki.server.http;

import java.time.Duration;

/// How much, and how slowly, a client may send.
///
/// @param bodyBytes of a request's body
/// @param headerBytes of all headers of a request together
/// @param headerTime from a connection's or request's first byte to the end of its headers, the handshake included
/// @param bodyTime from the end of the headers to the end of the body
/// @param requestTime until a request that is no watch must be answered
/// @param idleTime after which a connection without a request is closed
/// @param connections kept at once; beyond, those that idle longest are closed
/// @param reading requests in work at once that only read
/// @param mutating requests in work at once that may change something
public record Limits(
        int bodyBytes,
        int headerBytes,
        Duration headerTime,
        Duration bodyTime,
        Duration requestTime,
        Duration idleTime,
        int connections,
        int reading,
        int mutating) {
    /// As kube-apiserver's, where it has such a limit.
    public static final Limits DEFAULT = new Limits(
            3 * 1024 * 1024,
            64 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(90),
            10_000,
            400,
            200);

    /// With other numbers of requests in work at once.
    public Limits withInFlight(int reading, int mutating) {
        return new Limits(
                bodyBytes, headerBytes, headerTime, bodyTime, requestTime, idleTime, connections, reading, mutating);
    }
}
