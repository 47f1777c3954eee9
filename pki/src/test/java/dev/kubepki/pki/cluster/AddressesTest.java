package dev.kubepki.pki.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "10.9.8.7, 10.9.8.7",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:0, ::",
        "0::1, ::1",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "::ffff:10.0.0.1, 10.0.0.1",
    })
    void writesAddressesInTheirCanonicalForm(String written, String canonical) {
        assertThat(IpAddress.parse(written)).contains(new IpAddress(canonical));
        assertThat(new IpAddress(written)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "10.1",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.1.",
                "1.2.3.4.5",
                "[::1]",
                "fe80::1%eth0",
                ":::",
                "12345::",
                "localhost",
                "<MASTER_IP>",
                "10.0.0.1/8",
                "1:2:3:4:5:6:7:8:9",
                "0x7f.0.0.1"
            })
    void refusesWhatIsNotAnAddressLiteral(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
        assertThatThrownBy(() -> new IpAddress(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void canonicalTextReadsBackToTheSameBytes() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[16];
            for (int j = 0; j < 16; j++) {
                bytes[j] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : 0);
            }
            bytes[0] = 0x20;
            String text = IpAddress.of(bytes).text();
            assertThat(InetAddress.ofLiteral(text).getAddress())
                    .as("%s, seed %d", text, seed)
                    .isEqualTo(bytes);
            assertThat(IpAddress.parse(text)).as("%s, seed %d", text, seed).contains(IpAddress.of(bytes));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.96.0.0/12, 10.96.0.0/12, 10.96.0.1",
        "10.99.3.7/12, 10.96.0.0/12, 10.96.0.1",
        "10.0.0.255/24, 10.0.0.0/24, 10.0.0.1",
        "172.16.255.0/23, 172.16.254.0/23, 172.16.254.1",
        "fd00:1234::5/108, fd00:1234::/108, fd00:1234::1",
        "255.255.255.255/1, 128.0.0.0/1, 128.0.0.1",
    })
    void clearsHostBitsAndFindsTheFirstAddress(String written, String range, String first) {
        Cidr cidr = Cidr.parse(written).orElseThrow();
        assertThat(cidr).hasToString(range);
        assertThat(cidr.first()).hasToString(first);
        assertThat(cidr.contains(cidr.first())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.96.0.0", "10.96.0.0/", "10.96.0.0/33", "10.96.0.0/-1", "10.96.0.0/012", "::/129", "/8"})
    void refusesWhatIsNotARange(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @Test
    void refusesAnAddressBeyondItsRange() {
        assertThatThrownBy(() -> new Cidr(new IpAddress("10.0.0.1"), 32).first())
                .hasMessageContaining("10.0.0.1/32 has no address at offset 1");
        assertThat(new Cidr(new IpAddress("10.0.0.0"), 30).addressAt(3)).hasToString("10.0.0.3");
    }

    @Test
    void putsOnlyIpv6InBrackets() {
        assertThat(new HostPort("2001:DB8::1", 6443).httpsUrl()).isEqualTo("https://[2001:db8::1]:6443");
        assertThat(new HostPort("api.example.com", 443)).hasToString("api.example.com:443");
    }
}
