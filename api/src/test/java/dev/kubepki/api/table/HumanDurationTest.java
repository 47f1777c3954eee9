package dev.kubepki.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {
    @ParameterizedTest
    @CsvSource({
        "-2, <invalid>",
        "-1.5, 0s",
        "-1, 0s",
        "0, 0s",
        "119, 119s",
        "120, 2m",
        "125, 2m5s",
        "599, 9m59s",
        "600, 10m",
        "3600, 60m",
        "10799, 179m",
        "10800, 3h",
        "10860, 3h1m",
        "28799, 7h59m",
        "28800, 8h",
        "86400, 24h",
        "172799, 47h",
        "172800, 2d",
        "176400, 2d1h",
        "691199, 7d23h",
        "691200, 8d",
        "31536000, 365d",
        "63071999, 729d",
        "63072000, 2y",
        "63158400, 2y1d",
        "252287999, 7y364d",
        "252288000, 8y",
        "315360000, 10y"
    })
    void usesCoarserUnitsTheLongerItLasts(String seconds, String text) {
        Duration duration = Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));

        assertThat(HumanDuration.of(duration)).isEqualTo(text);
    }
}
