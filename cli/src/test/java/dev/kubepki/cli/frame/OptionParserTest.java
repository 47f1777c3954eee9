package dev.kubepki.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract of the command line's grammar, whichever library reads it.
class OptionParserTest {
    private static final OptionParser PARSER = new OptionParser(List.of(
            OptionSpec.directory("dir", "DIR", "the folder").letter('d'),
            OptionSpec.output(OutputFormat.TABLE, OutputFormat.JSON),
            OptionSpec.text("san", "NAME", "a name").repeated(),
            OptionSpec.duration("due", "TIME", "what ends within").impliedValue("90d"),
            OptionSpec.integer("days", "N", "days"),
            OptionSpec.flag("dry-run", "only print").letter('n'),
            OptionSpec.flag("verbose", "more").letter('v')));

    private static ParsedLine parse(String... words) {
        return PARSER.parse(List.of(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--output=json", "--output json", "-o json", "-ojson", "-o=json", "-vo json", "-nvojson"})
    void readsAnOptionInEveryForm(String line) {
        assertThat(parse(line.split(" ")).options()).containsEntry("output", List.of("json"));
    }

    @Test
    void readsFlagsRunTogether() {
        assertThat(parse("-nv").options()).containsOnlyKeys("dry-run", "verbose");
    }

    @Test
    void readsOptionsAfterOperands() {
        ParsedLine line = parse("ca", "--dry-run", "etcd/ca", "--dir", "x");
        assertThat(line.operands()).containsExactly("ca", "etcd/ca");
        assertThat(line.options()).containsOnlyKeys("dry-run", "dir");
    }

    @Test
    void endsOptionsAtTwoDashes() {
        ParsedLine line = parse("--dry-run", "--", "--dir", "-v");
        assertThat(line.operands()).containsExactly("--dir", "-v");
        assertThat(line.options()).containsOnlyKeys("dry-run");
    }

    @Test
    void takesALoneDashAsAnOperandAndAsAValue() {
        assertThat(parse("-").operands()).containsExactly("-");
        assertThat(parse("--dir", "-").options()).containsEntry("dir", List.of("-"));
    }

    @Test
    void keepsRepeatedValuesInOrder() {
        assertThat(parse("--san", "b", "x", "--san=a").options()).containsEntry("san", List.of("b", "a"));
    }

    @Test
    void keepsQuotesCommasBlanksAndEqualSignsInValues() {
        assertThat(parse("--san=\"a b\",c=d", "--san", "e=f").options())
                .containsEntry("san", List.of("\"a b\",c=d", "e=f"));
    }

    @Test
    void readsAnEmptyValueAfterTheEqualSign() {
        assertThat(parse("--san=").options()).containsEntry("san", List.of(""));
    }

    @Test
    void readsAValueThatBeginsWithADashAfterTheEqualSign() {
        assertThat(parse("--san=--dir").options()).containsEntry("san", List.of("--dir"));
    }

    @Test
    void readsANegativeNumberAsAValue() {
        assertThat(parse("--days", "-5").options()).containsEntry("days", List.of("-5"));
    }

    @Test
    void givesTheImpliedValueAndLeavesTheNextWordAlone() {
        ParsedLine line = parse("--due", "admin");
        assertThat(line.options()).containsEntry("due", List.of("90d"));
        assertThat(line.operands()).containsExactly("admin");
        assertThat(parse("--due=30d").options()).containsEntry("due", List.of("30d"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--di x|unknown option '--di'",
                "--dry|unknown option '--dry'",
                "--verb|unknown option '--verb'",
                "-dir x|unknown option '-dir'",
                "-output=json|unknown option '-output=json'",
                "-outputjson|unknown option '-outputjson'",
                "-verbose|unknown option '-verbose'",
                "-x|unknown option '-x'",
                "-vx|unknown option '-x' in '-vx'",
                "--dir --nope|unknown option '--nope'",
                "--dir|option --dir needs a value: --dir=DIR",
                "--dir --dry-run|option --dir needs a value: --dir=DIR",
                "--dir=|option --dir needs a path; it is empty",
                "--dir a --dir b|option --dir is given twice",
                "--dir a -db|option --dir is given twice",
                "--dry-run=yes|option --dry-run takes no value",
                "-o xml|option --output can't be 'xml'; it is one of table, json",
                "--days many|option --days needs a whole number, not 'many'",
                "--due=soon|option --due needs a length of time such as 90d, 12h or 1y, not 'soon'",
            })
    void refusesByName(String line, String message) {
        assertThatThrownBy(() -> parse(line.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"--di,--dir", "--dirr,--dir", "--dryrun,--dry-run", "-dir,--dir", "--outptu,--output"})
    void suggestsTheNearestOption(String typed, String meant) {
        assertThatThrownBy(() -> parse(typed))
                .isInstanceOfSatisfying(
                        UsageException.class,
                        wrong -> assertThat(wrong.hints()).containsExactly("Did you mean " + meant + "?"));
    }

    @Test
    void suggestsNothingWhereNothingIsNear() {
        assertThatThrownBy(() -> parse("--certificate-authority"))
                .isInstanceOfSatisfying(
                        UsageException.class, wrong -> assertThat(wrong.hints()).isEmpty());
    }
}
