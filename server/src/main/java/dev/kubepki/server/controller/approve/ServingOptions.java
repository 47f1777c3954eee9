package dev.kubepki.server.controller.approve;

import dev.kubepki.pki.cluster.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a kubelet may serve as, beside belonging to its node. A node writes its own addresses: these are what it can't
/// write.
///
/// @param dnsSuffixes of which each DNS name that is not the node's own name must have one, such as `.example.com`;
///     none: any
/// @param ranges of which each IP address must be in one; none: any
/// @param resolver looks names up, when each DNS name must lead to an address of the node
public record ServingOptions(List<String> dnsSuffixes, List<Cidr> ranges, Optional<Resolver> resolver) {
    /// Whatever is among the node's addresses.
    public static final ServingOptions ADDRESSES = new ServingOptions(List.of(), List.of(), Optional.empty());

    /// Defensive copies.
    public ServingOptions {
        dnsSuffixes = dnsSuffixes.stream()
                .map(suffix -> suffix.startsWith(".") ? suffix : "." + suffix)
                .map(suffix -> suffix.toLowerCase(Locale.ROOT))
                .toList();
        ranges = List.copyOf(ranges);
    }

    /// From what people write.
    ///
    /// @param ranges such as `10.0.0.0/8`
    /// @throws IllegalArgumentException where one is no range
    public static ServingOptions of(List<String> dnsSuffixes, List<String> ranges, Optional<Resolver> resolver) {
        List<Cidr> read = new ArrayList<>();
        for (String range : ranges) {
            read.add(Cidr.parse(range)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + range + "' is not a range of IP addresses such as 10.0.0.0/8")));
        }
        return new ServingOptions(dnsSuffixes, read, resolver);
    }

    /// Looks up a name.
    public interface Resolver {
        /// The addresses in text; none when there are none or they can't be found out.
        List<String> addresses(String name);
    }
}
