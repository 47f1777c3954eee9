package dev.kubepki.server.http;

/// Sees each request go by: for figures and for the audit log.
interface Observer {
    /// It is known who calls, or that nobody knows.
    default void received(Exchange exchange) {}

    /// A watch begins.
    default void streaming(Exchange exchange) {}

    /// All was sent, or the client is gone.
    default void finished(Exchange exchange, Reply reply) {}
}
