package dev.kubepki.pki.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.cluster.Host;
import dev.kubepki.pki.cluster.IpAddress;
import dev.kubepki.pki.files.HostNetwork.Interface;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostNetworkTest {
    private static final String ROUTES = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
            eth0\t00000000\t0102A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
            down0\t00000000\t0102A8C0\t0002\t0\t0\t1\t00000000\t0\t0\t0
            eth0\t0002A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
            """;

    private static final Interface WLAN = new Interface("wlan0", List.of(new IpAddress("192.168.1.7")));
    private static final Interface ETH =
            new Interface("eth0", List.of(new IpAddress("2001:db8::7"), new IpAddress("192.168.2.7")));

    @Test
    void takesTheDefaultRouteWithTheLowestMetric() {
        assertThat(HostNetwork.defaultInterface(ROUTES)).isEqualTo("eth0");
        assertThat(HostNetwork.defaultInterface("")).isEmpty();
        assertThat(HostNetwork.choose("cp-1", "eth0", "", List.of(WLAN, ETH)))
                .isEqualTo(new Host("cp-1", List.of(new IpAddress("192.168.2.7")), List.of()));
    }

    @Test
    void takesIpv6WhereNothingElseIsRouted() {
        String routes = """
                00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0
                00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
                """;
        assertThat(HostNetwork.defaultInterfaceV6(routes)).isEqualTo("eth0");
        assertThat(HostNetwork.choose("cp-1", "", "eth0", List.of(WLAN, ETH)).addresses())
                .containsExactly(new IpAddress("2001:db8::7"));
    }

    @Test
    void lowerCasesAndTrimsTheHostsName() {
        assertThat(HostNetwork.choose("Node01.Example.COM\n", "", "", List.of(ETH))
                        .name())
                .isEqualTo("node01.example.com");
    }

    @Test
    void saysSoWithoutADefaultRoute() {
        Host host = HostNetwork.choose("cp-1", "", "", List.of(WLAN, ETH));
        assertThat(host.addresses()).containsExactly(new IpAddress("192.168.1.7"));
        assertThat(host.notes())
                .singleElement()
                .asString()
                .contains("no default route")
                .contains("wlan0");
    }

    @Test
    void fallsBackToLoopbackWithoutANetwork() {
        Host host = HostNetwork.choose("cp-1", "tun0", "", List.of());
        assertThat(host.addresses()).containsExactly(IpAddress.LOOPBACK);
        assertThat(host.notes()).singleElement().asString().contains("no address that others reach");
    }

    @Test
    void findsThisHost() {
        Host host = HostNetwork.detect();
        assertThat(host.name()).isNotBlank().isLowerCase();
        assertThat(host.addresses()).hasSize(1);
        assertThat(host.addresses().getFirst().isLoopback())
                .isEqualTo(host.notes().stream().anyMatch(note -> note.contains("no address that others reach")));
    }
}
