package dev.kubepki.pki.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidualTimeTest {
    // The texts of apimachinery's own tests of HumanDuration, and of what has passed.
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT119S, 119s",
        "PT2M, 2m",
        "PT2M1S, 2m1s",
        "PT9M59S, 9m59s",
        "PT10M, 10m",
        "PT2H59M59S, 179m",
        "PT3H, 3h",
        "PT3H1M, 3h1m",
        "PT7H59M, 7h59m",
        "PT8H59M, 8h",
        "PT47H59M, 47h",
        "PT48H, 2d",
        "PT49H, 2d1h",
        "P7DT23H, 7d23h",
        "P8D, 8d",
        "P364DT23H, 364d",
        "P729D, 729d",
        "P730D, 2y",
        "P731D, 2y1d",
        "P2919D, 7y364d",
        "P2920D, 8y",
        "P3649D, 9y",
        "PT-49H, -2d1h"
    })
    void writesTimeAsKubectlDoes(String time, String text) {
        assertThat(ResidualTime.of(Duration.parse(time))).isEqualTo(text);
    }
}
