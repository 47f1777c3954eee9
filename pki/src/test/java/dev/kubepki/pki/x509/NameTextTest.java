package dev.kubepki.pki.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTextTest {
    /// A name whose common name is these bytes under this tag.
    private static DistinguishedName commonName(String tag, byte[] value) {
        HexFormat hex = HexFormat.of();
        byte length = (byte) value.length;
        String pair = "0603550403" + tag + hex.toHexDigits(length) + hex.formatHex(value);
        String sequence = "30" + hex.toHexDigits((byte) (pair.length() / 2)) + pair;
        String set = "31" + hex.toHexDigits((byte) (sequence.length() / 2)) + sequence;
        return DistinguishedName.decode(hex.parseHex("30" + hex.toHexDigits((byte) (set.length() / 2)) + set));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0c", "13", "16", "14"})
    void takesEachKindOfText(String tag) {
        assertThat(commonName(tag, "jane".getBytes(StandardCharsets.US_ASCII)).textProblem())
                .isEmpty();
    }

    @Test
    void takesAnyScript() {
        assertThat(DistinguishedName.ofCommonName("jörg 漢字").textProblem()).isEmpty();
    }

    @Test
    void refusesWhatIsNoText() {
        assertThat(commonName("04", new byte[] {'j'}).textProblem()).contains("its attribute 2.5.4.3 is no text");
        assertThat(commonName("1c", new byte[] {0, 0, 0, 'j'}).textProblem())
                .contains("its attribute 2.5.4.3 is no text");
    }

    @Test
    void refusesControlCharacters() {
        for (String name : List.of("admin\0x", "a\nb", "\u007f", "\u0085")) {
            assertThat(DistinguishedName.ofCommonName(name).textProblem())
                    .contains("its attribute 2.5.4.3 holds a control character");
        }
    }

    @Test
    void refusesBytesThatTheKindOfStringDoesNotHave() {
        assertThat(commonName("13", new byte[] {'j', (byte) 0xe9}).textProblem())
                .contains("its attribute 2.5.4.3 holds characters that its kind of string does not have");
    }
}
