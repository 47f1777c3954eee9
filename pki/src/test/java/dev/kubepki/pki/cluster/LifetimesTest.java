package dev.kubepki.pki.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimesTest {
    @ParameterizedTest
    @CsvSource({
        "8760h, PT8760H",
        "8760h0m0s, PT8760H",
        "1.5h, PT1H30M",
        ".5h, PT30M",
        "+1h, PT1H",
        "1h1h, PT2H",
        "90m, PT1H30M",
        "1500ms, PT1.5S",
        "2µs, PT0.000002S",
    })
    void readsGoDurations(String text, Duration duration) {
        assertThat(Lifetimes.go(text)).isEqualTo(duration);
        assertThat(Lifetimes.any(text)).isEqualTo(duration);
    }

    @Test
    void readsDaysWeeksAndYearsOf365Days() {
        assertThat(Lifetimes.any("365d")).isEqualTo(Lifetimes.any("1y")).isEqualTo(Lifetimes.go("8760h"));
        assertThat(Lifetimes.any("2w1d12h")).isEqualTo(Duration.ofDays(15).plusHours(12));
        assertThat(Lifetimes.any("100y")).isLessThan(Lifetimes.LONGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "h",
                "1",
                "1.5",
                "-1h",
                "-0h",
                "0s",
                "1 h",
                "1h ",
                "h1",
                "1h1",
                "1x",
                "1hh",
                "1..5h",
                "..h",
                "one year",
                "P1Y",
                "101y",
                "876601h",
                "999999999999999999y",
                "9999999999999999999h",
                "<DAYS>d",
                "1Y",
                "1D"
            })
    void refusesWhatIsNoLifetime(String text) {
        assertThatThrownBy(() -> Lifetimes.any(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"365d", "1y", "1w"})
    void refusesInKubeadmsFilesWhatGoCannotRead(String text) {
        assertThatThrownBy(() -> Lifetimes.go(text)).hasMessageContaining("not a duration as Go writes it");
    }

    @Test
    void takesThousandsOfPartsWithoutLosingItsWay() {
        assertThat(Lifetimes.any("1s".repeat(3600))).isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(() -> Lifetimes.any("9".repeat(100_000))).hasMessageContaining("lacks its unit");
    }
}
