package dev.kubepki.server.controller.approve;

import dev.kubepki.pki.x509.IpText;
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
public record ServingOptions(List<String> dnsSuffixes, List<Range> ranges, Optional<Resolver> resolver) {
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
        List<Range> read = new ArrayList<>();
        ranges.forEach(range -> read.add(Range.parse(range)));
        return new ServingOptions(dnsSuffixes, read, resolver);
    }

    /// Looks up a name.
    public interface Resolver {
        /// The addresses in text; none when there are none or they can't be found out.
        List<String> addresses(String name);
    }

    /// A range of addresses.
    ///
    /// @param address its first one
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Range(byte[] address, int bits) {
        /// Reads `10.0.0.0/8`; an address alone is a range of one.
        ///
        /// @throws IllegalArgumentException with a sentence
        public static Range parse(String text) {
            int slash = text.indexOf('/');
            String start = slash < 0 ? text : text.substring(0, slash);
            byte[] address = IpText.parse(start)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + text + "' is not a range of IP addresses" + " such as 10.0.0.0/8"));
            int bits = slash < 0 ? address.length * 8 : bits(text, text.substring(slash + 1), address.length * 8);
            return new Range(address, bits);
        }

        private static int bits(String text, String number, int most) {
            if (!number.matches("[0-9]{1,3}") || Integer.parseInt(number) > most) {
                throw new IllegalArgumentException("'" + text + "' must end with a number of bits up to " + most);
            }
            return Integer.parseInt(number);
        }

        /// Whether an address lies in it.
        public boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
