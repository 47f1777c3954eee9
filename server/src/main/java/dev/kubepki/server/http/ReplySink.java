package dev.kubepki.server.http;

/// Takes the one reply to a request.
interface ReplySink {
    /// Sends it. A client that is gone is no failure.
    void send(Reply reply);
}
