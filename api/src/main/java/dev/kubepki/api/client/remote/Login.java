package dev.kubepki.api.client.remote;

/// As whom a cluster is called.
interface Login {
    /// The credential as it is now; another one when a file changed or its time ran out.
    ///
    /// @throws dev.kubepki.api.client.ClusterUnreachable when there is none to be had
    Credential current();

    /// Forgets a credential that the server did not take. Whether another can be had.
    boolean refused(Credential credential);
}
