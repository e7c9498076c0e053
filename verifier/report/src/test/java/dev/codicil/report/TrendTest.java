package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.codicil.contract.Json;
import dev.codicil.report.Trend.Course;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Outcome;
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.VerdictReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {
  /** A run in which each of these ended so under one storm; null leaves it out. */
  private static Trend.Run run(String name, Object... endings) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < endings.length; i += 3) {
      if (endings[i + 2] != null) {
        findings.add(
            finding((String) endings[i], (String) endings[i + 1], (Outcome) endings[i + 2]));
      }
    }
    AmendmentVerdict like = Fixture.renewalNote();
    return new Trend.Run(
        name,
        VerdictReport.of(
            List.of(
                new AmendmentVerdict(
                    "note",
                    Verdict.PASS,
                    "replayed",
                    findings,
                    List.of(),
                    List.of(),
                    like.coverage(),
                    like.ledger(),
                    1,
                    1))));
  }

  private static Finding finding(String interaction, String id, Outcome ended) {
    Finding like = Fixture.partnerInLine().findings().get(0);
    return new Finding(
        id,
        ended == Outcome.UNKNOWN
            ? FindingKind.INCONCLUSIVE
            : ended == Outcome.HELD ? FindingKind.COMPATIBLE : FindingKind.FRAGILE,
        false,
        "shop",
        "licenses",
        interaction,
        "",
        0,
        like.faults(),
        like.faultLabel(),
        new Finding.Outcomes(Outcome.HELD, ended, true),
        new Finding.Outcomes(Outcome.HELD, ended, true),
        List.of(),
        "",
        "",
        "",
        "",
        List.of(),
        null);
  }

  private static Trend of(Trend.Run... runs) {
    return Trend.of(Arrays.asList(runs), List.of());
  }

  private static final Trend TREND =
      of(
          run(
              "1",
              "softer",
              "a",
              Outcome.HELD,
              "harder",
              "b",
              Outcome.HUNG,
              "fragile",
              "c",
              Outcome.FAILED,
              "steady",
              "d",
              Outcome.HELD,
              "mixed",
              "e",
              Outcome.HELD,
              "mixed",
              "f",
              Outcome.FAILED,
              "gone",
              "g",
              Outcome.FAILED,
              "unknown",
              "h",
              Outcome.HELD),
          run(
              "2",
              "softer",
              "a",
              Outcome.UNKNOWN,
              "harder",
              "b",
              Outcome.HUNG,
              "fragile",
              "c",
              Outcome.FAILED,
              "new",
              "i",
              Outcome.HELD),
          run(
              "3",
              "softer",
              "a",
              Outcome.HUNG,
              "harder",
              "b",
              Outcome.REFUSED,
              "fragile",
              "c",
              Outcome.FAILED,
              "steady",
              "d",
              Outcome.HELD,
              "mixed",
              "e",
              Outcome.LOST,
              "mixed",
              "f",
              Outcome.HELD,
              "unknown",
              "h",
              Outcome.UNKNOWN,
              "new",
              "i",
              Outcome.HELD));

  private static Trend.Line line(String interaction) {
    return TREND.lines().stream()
        .filter(line -> line.interaction().equals(interaction))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLastRunIsComparedWithTheFirstThatKnowsAFinding() {
    assertThat(line("softer").course()).isEqualTo(Course.SOFTER);
    assertThat(line("harder").course()).isEqualTo(Course.HARDER);
    assertThat(line("fragile").course()).isEqualTo(Course.FRAGILE);
    assertThat(line("fragile").ill()).isEqualTo(3);
    assertThat(line("steady").course()).isEqualTo(Course.STEADY);
    assertThat(line("mixed").course()).isEqualTo(Course.MIXED);
    assertThat(line("new").course()).isEqualTo(Course.STEADY);
  }

  @Test
  void whatIsNotInTheLastRunOrNotDecidedThereIsNeverWell() {
    assertThat(line("gone").course()).isEqualTo(Course.UNKNOWN);
    assertThat(line("unknown").course()).isEqualTo(Course.UNKNOWN);
    assertThat(line("gone").worst()).containsExactly(Outcome.FAILED, null, null);
  }

  @Test
  void theWorstComesFirst() {
    assertThat(TREND.lines())
        .extracting(Trend.Line::interaction)
        .containsExactly(
            "softer", "mixed", "fragile", "gone", "unknown", "harder", "new", "steady");
  }

  @Test
  void isToldInEveryFormatAndSteadyOnesAreCountedOnly() throws IOException {
    for (String told : List.of(TrendText.text(TREND), TrendText.markdown(TREND))) {
      assertThat(told)
          .contains("3 runs: 1 softer, 1 mixed, 1 still fragile, 1 harder, 2 unknown, 2 steady")
          .contains("softer", "mixed", "gone", "failing for 3 runs")
          .doesNotContain("licenses: steady");
    }
    assertThat(TrendText.text(TREND)).contains("HELD > UNKNOWN > HUNG");
    JsonNode json = Json.mapper().readTree(TrendText.json(TREND));
    assertThat(json.path("interactions")).hasSize(8);
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../../docs/trend.schema.json")))
                .validate(json))
        .isEmpty();
  }

  @Test
  void hostileNamesAreText() {
    Trend trend =
        Trend.of(
            List.of(new Trend.Run(Fixture.HOSTILE, VerdictReport.of(List.of(Fixture.hostile())))),
            List.of(Fixture.HOSTILE));
    for (String told :
        List.of(TrendText.text(trend), TrendText.markdown(trend), TrendText.json(trend))) {
      assertThat(told).contains("owned").doesNotContain("##[").doesNotContain("\u001b");
      assertThat(told.lines()).noneMatch(line -> line.stripLeading().startsWith("::"));
    }
    assertThat(TrendText.markdown(trend)).doesNotContain("<script").doesNotContain("@team");
  }
}
