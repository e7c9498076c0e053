package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.history.CheckRecord;
import dev.codicil.history.Event;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLeaksTest {
  private static Event.Surfaced seen(String where) {
    String column = where.split("-", 2)[0];
    boolean storm = where.endsWith("storm");
    return new Event.Surfaced(
        column,
        "checkout",
        where.endsWith("start") ? "" : storm ? "e1@" + column : "s1@" + column,
        where.endsWith("calm"),
        new CheckRecord.Surfaced("the canary key", "base64", "line 3 of the log of checkout"));
  }

  @ParameterizedTest
  @CsvSource({
    "head-calm, BROKEN",
    "head-start, BROKEN",
    "head-storm, RESILIENCE_LOST",
    "head-storm head-calm, BROKEN",
    "base-calm head-calm, FRAGILE",
    "base-storm head-calm, FRAGILE",
    "base-start, FIXED"
  })
  void logsAreComparedOverTheWholeRun(String where, FindingKind kind) {
    Runs runs =
        Runs.planned()
            .calm("base", Outcome.HELD, true)
            .calm("head", Outcome.HELD, true)
            .storm("base", Outcome.HELD)
            .storm("head", Outcome.HELD);
    List.of(where.split(" ", -1)).forEach(one -> runs.event(seen(one)));

    Finding finding = runs.only(kind);

    assertThat(finding.provider()).isEqualTo("checkout");
    assertThat(finding.reason())
        .startsWith("the canary key (base64) in line 3 of the log of checkout");
    assertThat(finding.gates())
        .isEqualTo(kind == FindingKind.BROKEN || kind == FindingKind.RESILIENCE_LOST);
  }
}
