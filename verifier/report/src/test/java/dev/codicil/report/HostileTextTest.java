package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.verdict.Finding;
import dev.codicil.verdict.VerdictReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileTextTest {

  static List<Named<Function<VerdictReport, String>>> formats() {
    List<Named<Function<VerdictReport, String>>> formats = new ArrayList<>();
    for (Reporter reporter : Reporters.builtIn()) {
      if (!reporter.id().equals("github")) { // which has commands of its own; see its test
        formats.add(Named.of(reporter.id(), reporter::render));
      }
    }
    formats.add(Named.of("console", report -> ConsoleReport.render(report, false, 100)));
    formats.add(
        Named.of(
            "cells",
            report -> {
              Finding finding = report.amendments().get(0).findings().get(0);
              return CellsText.render(report.amendments().get(0), finding.evidence(), false);
            }));
    for (DiffReporter reporter : DiffReporters.builtIn()) {
      if (!reporter.id().equals("github")) { // which has commands of its own; see its test
        formats.add(
            Named.of("diff " + reporter.id(), report -> reporter.render(DiffFixture.hostile())));
      }
    }
    formats.add(
        Named.of("diff line", report -> DiffJson.line(Fixture.HOSTILE, DiffFixture.hostile())));
    formats.add(
        Named.of("diff error", report -> DiffJson.error(Fixture.HOSTILE, 1, Fixture.HOSTILE)));
    formats.add(Named.of("plan", report -> PlanText.render(PlanFixture.plan(), false)));
    return formats;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void appearsAsTextAndActsNowhere(Function<VerdictReport, String> format) {
    String text = format.apply(VerdictReport.of(List.of(Fixture.hostile())));
    assertThat(text).contains("owned"); // it is told
    assertThat(text.lines())
        .noneMatch(line -> line.stripLeading().startsWith("::"))
        .noneMatch(line -> line.contains("##["));
    assertThat(text.codePoints().filter(point -> point != '\n' && point != '\u2060'))
        .noneMatch(Character::isISOControl)
        .noneMatch(point -> Character.getType(point) == Character.FORMAT);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void isShortenedWhereItIsLong(Function<VerdictReport, String> format) {
    String text = format.apply(VerdictReport.of(List.of(Fixture.hostile())));
    assertThat(text).hasSizeLessThan(60_000);
  }

  @ParameterizedTest
  @MethodSource("markup")
  void isNoMarkup(Reporter reporter) {
    String text = reporter.render(VerdictReport.of(List.of(Fixture.hostile())));
    assertThat(text)
        .doesNotContain("<script")
        .doesNotContain("::error")
        .doesNotContain("alert('x')</");
  }

  static List<Reporter> markup() {
    return List.of(
        new MarkdownReporter(),
        new HtmlReporter(),
        new JUnitReporter(Check.ONLY)); // those with code blocks: see ParsedBackTest
  }

  @ParameterizedTest
  @MethodSource("diffMarkup")
  void isNoMarkupInADiff(DiffReporter reporter) {
    assertThat(reporter.render(DiffFixture.hostile()))
        .contains("owned")
        .doesNotContain("<script")
        .doesNotContain("::error")
        .doesNotContain("alert('x')</");
  }

  static List<DiffReporter> diffMarkup() {
    return List.of(new DiffMarkdown(), new DiffHtml());
  }

  @Test
  void isNeitherTableNorLinkNorMentionNorCodeInMarkdown() {
    assertThat(Escape.markdown("a|b `c` @team [x](http://y) #1 $z$ _i_ <b> www.w.w"))
        .isEqualTo(
            "a&#124;b &#96;c&#96; @&#8288;team \\[x\\](http\\://y) \\#1 \\$z\\$ \\_i\\_ &lt;b&gt;"
                + " www\\.w.w");
  }

  /** However the text is wrapped, no line of a build log may begin with two colons. */
  @Test
  void colonsNeverStandTogether() {
    assertThat(Escape.console("::::error ###[x")).isEqualTo(": : : :error ### [x");
    assertThat(Escape.html("x :::error")).isEqualTo("x :&#58;&#58;error");
    assertThat(Escape.markdown("x :::error")).isEqualTo("x :\\:\\:error");
  }
}
