package dev.kubepki.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.request.CsrState;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsrFiguresTest {
    private static byte[] stored(String status) {
        return ("{\"kind\":\"CertificateSigningRequest\",\"apiVersion\":\"certificates.k8s.io/v1\",\"metadata\":{"
                        + "\"labels\":{\"signerName\":\"no\"},\"annotations\":{\"a\":\"\\\"type\\\":\\\"Denied\\\"\"}},"
                        + "\"spec\":{\"request\":\"eA==\",\"signerName\":\"example.com/s\"},\"status\":{" + status
                        + "}}")
                .getBytes(UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'', PENDING",
                "'\"conditions\":[{\"type\":\"Approved\",\"status\":\"True\"}]', APPROVED",
                "'\"conditions\":[{\"type\":\"Denied\",\"status\":\"True\"}]', DENIED",
                "'\"conditions\":[{\"type\":\"Approved\"},{\"type\":\"Failed\"}]', FAILED",
                "'\"conditions\":[{\"type\":\"Approved\"}],\"certificate\":\"eA==\"', ISSUED"
            })
    void readsSignerAndState(String status, CsrState state) {
        assertThat(CsrScan.signer(stored(status))).isEqualTo("example.com/s");
        assertThat(CsrScan.state(stored(status))).isEqualTo(state);
    }

    @Test
    void keepsNumbersByKeyAsAMapDoes() {
        KeyTable table = new KeyTable();
        Map<String, Short> model = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            String key = "/registry/certificatesigningrequests/r-" + random.nextInt(5_000);
            if (random.nextInt(3) == 0) {
                Short expected = model.remove(key);
                assertThat(table.remove(key)).isEqualTo(expected == null ? KeyTable.NONE : expected);
            } else {
                short value = (short) random.nextInt(10);
                Short expected = model.put(key, value);
                assertThat(table.put(key, value)).isEqualTo(expected == null ? KeyTable.NONE : expected);
            }
        }
    }
}
