package dev.kubepki.pki.cluster;

import java.util.List;

/// The host on which kubepki runs, as far as a description without nodes needs it.
///
/// @param name its name, lower-cased and trimmed as the kubelet does
/// @param addresses its addresses; the first is the one to advertise; never empty
/// @param notes what a person should know of how they were found, a sentence each
public record Host(String name, List<IpAddress> addresses, List<String> notes) {
    /// Copies the lists.
    public Host {
        addresses = List.copyOf(addresses);
        notes = List.copyOf(notes);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a host has at least its loopback address");
        }
    }
}
