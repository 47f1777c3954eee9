package dev.kubepki.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.server.registry.Options;
import org.junit.jupiter.api.Test;

class QueryOptionsTest {
    @Test
    void readsListOptions() {
        assertThat(QueryOptions.list(Query.of("labelSelector=a%3Db,c+in+(d)&fieldSelector=x%3Dy&resourceVersion=5"
                        + "&resourceVersionMatch=Exact&limit=10&continue=abc&timeoutSeconds=7"
                        + "&allowWatchBookmarks=true&sendInitialEvents=false")))
                .isEqualTo(new Options.ListWatch("a=b,c in (d)", "x=y", "5", "Exact", 10, "abc", 7L, true, false));
    }

    @Test
    void leavesOutWhatIsNotThere() {
        assertThat(QueryOptions.list(Query.of(null)))
                .isEqualTo(new Options.ListWatch("", "", "", "", 0, "", null, false, null));
    }

    @Test
    void saysOfNumbersWhatGoSays() {
        assertThatThrownBy(() -> QueryOptions.list(Query.of("limit=x")))
                .hasMessage("strconv.ParseInt: parsing \"x\": invalid syntax");
        assertThatThrownBy(() -> QueryOptions.list(Query.of("limit=99999999999999999999")))
                .hasMessage("strconv.ParseInt: parsing \"99999999999999999999\": value out of range");
    }

    @Test
    void keepsEveryDryRunValueOnce() {
        assertThat(QueryOptions.write(Query.of("dryRun=All&dryRun=All&dryRun=Some&force=true"), "PatchOptions"))
                .isEqualTo(new Options.Write("PatchOptions", "All,Some", "", "", true));
    }

    @Test
    void readsDeleteOptions() {
        assertThat(QueryOptions.delete(
                        Query.of("gracePeriodSeconds=0&propagationPolicy=Orphan&orphanDependents=0&dryRun=All")))
                .isEqualTo(new Options.Delete(0L, "", "", false, "Orphan", "All"));
    }
}
