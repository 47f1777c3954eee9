package dev.kubepki.pki.files;

import dev.kubepki.pki.cluster.Host;
import dev.kubepki.pki.cluster.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds out the name and the address of the host on which kubepki runs, as kubeadm would: the kernel's host name in
/// lower case, and the address of the interface that has the default route. Nothing is looked up in DNS.
public final class HostNetwork {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path ROUTES = Path.of("/proc/net/route");
    private static final Path ROUTES_V6 = Path.of("/proc/net/ipv6_route");
    private static final String NOWHERE = "00000000";
    private static final String NOWHERE_V6 = "0".repeat(32);

    /// One interface that is up.
    record Interface(String name, List<IpAddress> addresses) {}

    private HostNetwork() {}

    /// The host. Where no interface has a usable address, as without a network, it is the loopback address, with a
    /// note.
    public static Host detect() {
        String environment = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
        return choose(
                read(HOST_NAME).filter(name -> !name.isBlank()).orElse(environment),
                defaultInterface(read(ROUTES).orElse("")),
                defaultInterfaceV6(read(ROUTES_V6).orElse("")),
                interfaces());
    }

    /// @param route the interface of the IPv4 default route, or empty
    /// @param routeV6 the interface of the IPv6 default route, or empty
    static Host choose(String name, String route, String routeV6, List<Interface> interfaces) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        Optional<IpAddress> routed = address(interfaces, route, ip -> !ip.isV6())
                .or(() -> address(interfaces, routeV6, IpAddress::isV6))
                .or(() -> address(interfaces, route.isEmpty() ? routeV6 : route, _ -> true));
        if (routed.isPresent()) {
            return new Host(lower, List.of(routed.get()), List.of());
        }
        for (Interface any : interfaces) {
            Optional<IpAddress> address =
                    address(interfaces, any.name, ip -> !ip.isV6()).or(() -> address(interfaces, any.name, _ -> true));
            if (address.isPresent()) {
                return new Host(
                        lower,
                        List.of(address.get()),
                        List.of("this host has no default route; " + address.get() + " is the address of its interface "
                                + any.name));
            }
        }
        return new Host(
                lower,
                List.of(IpAddress.LOOPBACK),
                List.of("this host has no address that others reach, so " + IpAddress.LOOPBACK
                        + " stands in; write controlPlaneNodes in a description for another"));
    }

    private static Optional<IpAddress> address(List<Interface> interfaces, String name, Predicate<IpAddress> family) {
        return interfaces.stream()
                .filter(found -> found.name.equals(name))
                .flatMap(found -> found.addresses.stream())
                .filter(family)
                .findFirst();
    }

    /// The interface of the IPv4 default route with the lowest metric, by the kernel's own table; empty if there is
    /// none.
    static String defaultInterface(String table) {
        String best = "";
        long lowest = Long.MAX_VALUE;
        for (String line : table.lines().skip(1).toList()) {
            String[] columns = line.strip().split("\\s+", -1);
            boolean isDefault = columns.length > 7 && columns[1].equals(NOWHERE) && columns[7].equals(NOWHERE);
            if (isDefault && isUp(columns[3]) && number(columns[6], 10) < lowest) {
                lowest = number(columns[6], 10);
                best = columns[0];
            }
        }
        return best;
    }

    /// The interface of the IPv6 default route with the lowest metric; empty if there is none.
    static String defaultInterfaceV6(String table) {
        String best = "";
        long lowest = Long.MAX_VALUE;
        for (String line : table.lines().toList()) {
            String[] columns = line.strip().split("\\s+", -1);
            boolean isDefault = columns.length > 9 && columns[0].equals(NOWHERE_V6) && columns[1].equals("00");
            // the kernel always has a default route on lo that refuses everything
            if (isDefault && !columns[9].equals("lo") && isUp(columns[8]) && number(columns[5], 16) < lowest) {
                lowest = number(columns[5], 16);
                best = columns[9];
            }
        }
        return best;
    }

    /// RTF_UP of the kernel's route flags.
    private static boolean isUp(String flags) {
        return (number(flags, 16) & 1) == 1;
    }

    private static long number(String text, int radix) {
        try {
            return Long.parseLong(text, radix);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            // not Linux, or /proc is hidden: the interfaces alone decide
            return Optional.empty();
        }
    }

    private static List<Interface> interfaces() {
        List<Interface> found = new ArrayList<>();
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                if (each.isUp() && !each.isLoopback()) {
                    found.add(new Interface(
                            each.getName(), usable(each.inetAddresses().toList())));
                }
            }
        } catch (SocketException e) {
            // a sandbox without sockets has no interfaces
            return List.of();
        }
        return found;
    }

    private static List<IpAddress> usable(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(address -> !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress()
                        && !address.isMulticastAddress()
                        && !address.isAnyLocalAddress())
                .map(address -> IpAddress.of(address.getAddress()))
                .toList();
    }
}
