package dev.kubepki.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({"32s, PT32S", "1h30m, PT1H30M", "1.5s, PT1.5S", "300ms, PT0.3S", "0, PT0S", "-2s, PT-2S", ".5m, PT30S"})
    void readsWhatGoWrites(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "5, missing unit in duration \"5\"",
        "x, invalid duration \"x\"",
        "5y, unknown unit \"y\" in duration \"5y\"",
        "., invalid duration \".\"",
        "999999999999h, invalid duration \"999999999999h\""
    })
    void saysWhatIsWrongAsGoDoes(String text, String problem) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .hasMessage("invalid timeout specified in the request URL - time: " + problem);
    }
}
