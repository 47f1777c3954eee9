package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.Reading.Found;
import java.util.ArrayList;
import java.util.List;

/// Reads the ranges of service addresses, under kubeadm's rules (its apis/kubeadm/validation).
final class ServiceSubnets {
    /// kubeadm's smallest range, in addresses: 10, so 16 as a range.
    private static final int LEAST_HOST_BITS = 4;

    /// kubeadm's largest range, in bits.
    private static final int MOST_HOST_BITS = 20;

    private ServiceSubnets() {}

    /// Takes one range, or two of different families; what was written goes through in its order.
    static List<Cidr> read(Reading reading, List<Found<String>> written) {
        List<Cidr> subnets = new ArrayList<>();
        for (Found<String> text : written) {
            try {
                Cidr subnet = Texts.cidr(text.value());
                subnets.add(subnet);
                judge(reading, text, subnet);
            } catch (IllegalArgumentException unreadable) {
                reading.problem(text, String.valueOf(unreadable.getMessage()));
            }
        }
        if (written.size() > 2) {
            reading.problem(written.get(2), "is one range too many; a cluster has one, or two of different families");
        } else if (subnets.size() == 2
                && subnets.get(0).isV6() == subnets.get(1).isV6()) {
            reading.problem(written.get(1), "is of the same family as the first; two ranges are one IPv4 and one IPv6");
        }
        return subnets;
    }

    private static void judge(Reading reading, Found<String> text, Cidr subnet) {
        if (subnet.hostBits() < LEAST_HOST_BITS) {
            reading.problem(
                    text,
                    "'" + subnet + "' is too small for services; take at least a /"
                            + (subnet.prefix() + subnet.hostBits() - LEAST_HOST_BITS));
        } else if (subnet.hostBits() > MOST_HOST_BITS) {
            reading.warn(
                    text,
                    "'" + subnet + "' is larger than kubeadm and kube-apiserver before 1.33 take; they stop at /"
                            + (subnet.prefix() + subnet.hostBits() - MOST_HOST_BITS));
        }
        IpAddress written = Texts.address(text.value().substring(0, text.value().indexOf('/')));
        if (!written.equals(subnet.network())) {
            reading.warn(text, "is taken as " + subnet + ", the range in which " + written + " lies");
        }
    }
}
