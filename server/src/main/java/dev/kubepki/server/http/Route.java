package dev.kubepki.server.http;

/// Answers the requests of a path.
interface Route {
    /// The reply.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure when there is none
    Reply serve(Exchange exchange);
}
