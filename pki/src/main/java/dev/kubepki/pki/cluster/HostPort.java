package dev.kubepki.pki.cluster;

/// A host, by DNS name or canonical IP literal (no brackets), and a TCP port.
public record HostPort(String host, int port) {
    /// Refuses a port that TCP does not have.
    public HostPort {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a TCP port is 1 to 65535, not " + port);
        }
        host = IpAddress.parse(host).map(IpAddress::text).orElse(host);
    }

    /// `https://host:port`, IPv6 in brackets.
    public String httpsUrl() {
        return "https://" + this;
    }

    @Override
    public String toString() {
        return IpAddress.parse(host).map(IpAddress::inUrl).orElse(host) + ":" + port;
    }
}
