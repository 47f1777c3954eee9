package dev.kubepki.pki.cluster;

import java.util.Optional;
import java.util.regex.Pattern;

/// A range of addresses: the network's first address, host bits cleared, and the length of its prefix.
public record Cidr(IpAddress network, int prefix) {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,2}");

    /// Clears the host bits, as every Kubernetes component does when it reads a range.
    public Cidr {
        int bits = network.isV6() ? 128 : 32;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("a prefix of " + network + " has 0 to " + bits + " bits");
        }
        byte[] bytes = network.bytes();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(prefix - 8L * i, 0, 8);
            bytes[i] = (byte) (bytes[i] & (0xff << (8 - kept)));
        }
        network = IpAddress.of(bytes);
    }

    /// Reads `10.96.0.0/12`.
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !NUMBER.matcher(text.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return IpAddress.parse(text.substring(0, slash))
                .filter(address -> prefix <= (address.isV6() ? 128 : 32))
                .map(address -> new Cidr(address, prefix));
    }

    /// The address that the API server takes for the service `kubernetes`: the first after the network's own.
    public IpAddress first() {
        return addressAt(1);
    }

    /// The address at an offset from the network's own; refuses one beyond the range.
    public IpAddress addressAt(long offset) {
        return network.plus(offset)
                .filter(this::contains)
                .orElseThrow(() -> new IllegalArgumentException(this + " has no address at offset " + offset));
    }

    /// Whether an address lies in the range.
    public boolean contains(IpAddress address) {
        return address.isV6() == isV6() && new Cidr(address, prefix).network.equals(network);
    }

    /// Whether this is a range of IPv6 addresses.
    public boolean isV6() {
        return network.isV6();
    }

    /// How many bits are left for hosts: 20 in `10.96.0.0/12`.
    public int hostBits() {
        return (isV6() ? 128 : 32) - prefix;
    }

    @Override
    public String toString() {
        return network + "/" + prefix;
    }
}
