package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.VerdictReport;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What each forge asks of its format. */
class ForgeReportersTest {
  private static VerdictReport of(AmendmentVerdict amendment) {
    return VerdictReport.of(List.of(amendment));
  }

  // JUnit XML

  private static Document junit(VerdictReport report) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(new JUnitReporter(Check.ONLY).render(report))));
  }

  @Test
  void countsOfJUnitAreThoseOfItsCases() throws Exception {
    Document document = junit(Fixture.report());
    NodeList suites = document.getElementsByTagName("testsuite");
    assertThat(suites.getLength()).isEqualTo(Fixture.report().amendments().size());
    for (int i = 0; i < suites.getLength(); i++) {
      Element suite = (Element) suites.item(i);
      for (String[] pair :
          new String[][] {{"tests", "testcase"}, {"failures", "failure"}, {"errors", "error"}}) {
        assertThat(suite.getAttribute(pair[0]))
            .isEqualTo(String.valueOf(suite.getElementsByTagName(pair[1]).getLength()));
      }
      assertThat(suite.getElementsByTagName("testcase").getLength())
          .isEqualTo(Fixture.report().amendments().get(i).findings().size());
    }
  }

  @Test
  void whatGatesFailsAndWhatIsInconclusiveIsAnErrorInJUnit() throws Exception {
    Element failure =
        (Element) junit(of(Fixture.expiryRenamed())).getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message"))
        .isEqualTo("body/validUntil: expected a date, was absent");
    assertThat(failure.getTextContent())
        .contains("./codicil replay s1 --amendment expiry-renamed")
        .contains("worse after than before");
    Document unknown = junit(of(Fixture.unstarted()));
    assertThat(unknown.getElementsByTagName("error").getLength()).isEqualTo(1);
    assertThat(unknown.getElementsByTagName("failure").getLength()).isZero();
  }

  @Test
  void casesOfASuiteHaveDifferentNames() throws Exception {
    NodeList cases = junit(Many.findings(50)).getElementsByTagName("testcase");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < cases.getLength(); i++) {
      Element one = (Element) cases.item(i);
      names.add(one.getAttribute("classname") + " " + one.getAttribute("name"));
    }
    assertThat(names).hasSize(50).doesNotHaveDuplicates();
  }

  /** Evidence alone may leave an amendment undecided, with no finding that says so. */
  @Test
  void aVerdictThatNoFindingTellsIsToldEverywhere() throws Exception {
    AmendmentVerdict like = Fixture.unstarted();
    VerdictReport report =
        of(
            new AmendmentVerdict(
                "paper",
                like.verdict(),
                "documents",
                List.of(),
                List.of(),
                List.of("compatible on paper, nothing ran"),
                like.coverage(),
                like.ledger(),
                1,
                1));

    Document document = junit(report);
    assertThat(((Element) document.getElementsByTagName("error").item(0)).getAttribute("message"))
        .isEqualTo("compatible on paper, nothing ran");
    for (Reporter reporter : Reporters.builtIn()) {
      assertThat(reporter.render(report)).contains("compatible on paper");
    }
  }

  // GitLab

  @Test
  void everyIssueOfGitlabHasWhatGitlabReads() throws IOException {
    JsonNode issues =
        Json.mapper().readTree(new GitlabReporter(new Check("", "a/b")).render(Fixture.report()));

    assertThat(issues).isNotEmpty();
    for (JsonNode issue : issues) {
      assertThat(issue.path("description").asText()).isNotBlank();
      assertThat(issue.path("check_name").asText()).startsWith("codicil/");
      assertThat(issue.path("severity").asText()).isIn("minor", "major", "critical", "blocker");
      assertThat(issue.at("/location/path").asText()).startsWith("a/b/");
      assertThat(issue.at("/location/lines/begin").asInt()).isPositive();
    }
    assertThat(issues.findValuesAsText("fingerprint")).doesNotHaveDuplicates();
    assertThat(issues.at("/0/severity").asText()).isEqualTo("blocker");
    assertThat(new GitlabReporter(Check.ONLY).render(VerdictReport.of(List.of())))
        .isEqualTo("[]\n");
  }

  // GitHub

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11, 400})
  void noMoreAnnotationsThanGithubShows(int count) {
    List<String> lines =
        new GithubReporter(Check.ONLY).render(Many.findings(count)).lines().toList();

    assertThat(lines.stream().filter(line -> line.startsWith("::error ")))
        .hasSize(Math.min(count, 10));
    List<String> notices = lines.stream().filter(line -> line.startsWith("::notice ")).toList();
    assertThat(notices).hasSize(count > 10 ? 1 : 0);
    if (count > 10) {
      assertThat(notices.get(0)).contains(count - 10 + " annotation");
    }
    assertThat(lines.get(lines.size() - 1)).startsWith("Codicil: fail.");
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "40, 40", "2000, 20"})
  void aCommentIsNeverLongerThanGithubTakesAndCountsWhatItLeavesOut(int count, int least) {
    String text = new GithubCommentReporter(Check.ONLY).render(Many.findings(count));

    assertThat(text.length()).isLessThan(GithubCommentReporter.MOST_CHARACTERS);
    int told = count(text, "<summary><b>");
    assertThat(told).isGreaterThanOrEqualTo(least);
    Matcher left =
        Pattern.compile("([0-9]+) findings? (is|are) left out of the details").matcher(text);
    assertThat(left.find() ? Integer.parseInt(left.group(1)) : 0).isEqualTo(count - told);
    int rows = count(text, "| **resilience lost** |");
    Matcher table =
        Pattern.compile("([0-9]+) findings? (is|are) left out of the table").matcher(text);
    assertThat(table.find() ? Integer.parseInt(table.group(1)) : 0).isEqualTo(count - rows);
    assertThat(count(text, "<details>")).isEqualTo(count(text, "</details>"));
    assertThat(count(text, "\n```")).isEven();
  }

  @Test
  void aSummaryIsNeverLargerThanGithubTakes() {
    String text = new GithubSummaryReporter(Check.ONLY).render(Many.findings(4000));

    assertThat(text.getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(GithubSummaryReporter.MOST_BYTES)
        .isGreaterThan(500_000);
    assertThat(text).contains("left out of the details").endsWith("</details>\n\n");
    assertThat(count(text, "<details>")).isEqualTo(count(text, "</details>"));
  }

  @Test
  void evenNamesOfTheWorstSortLeaveTheMarkerAndTheVerdict() {
    List<AmendmentVerdict> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      many.add(Fixture.hostile("@#".repeat(5_000) + i));
    }
    String text = new GithubCommentReporter(Check.ONLY).render(VerdictReport.of(many));

    assertThat(text.length()).isLessThan(GithubCommentReporter.MOST_CHARACTERS);
    assertThat(text).startsWith("<!-- codicil -->\n## ").contains("60 gating");
  }

  @Test
  void theMarkersOfTwoChecksDoNotMeet() {
    String only = GithubCommentReporter.marker(Check.ONLY);
    String portal = GithubCommentReporter.marker(Check.in("samples/portal"));
    String longer = GithubCommentReporter.marker(Check.in("samples/portal/web"));

    assertThat(only).isEqualTo("<!-- codicil -->");
    assertThat(portal).isEqualTo("<!-- codicil:samples/portal -->");
    assertThat(List.of(portal, longer)).noneMatch(other -> other.contains(only));
    assertThat(longer).doesNotContain(portal);
    assertThat(Check.in("x".repeat(200)).name())
        .hasSize(10)
        .isNotEqualTo(Check.in("\u00e9").name());
    assertThat(new GithubCommentReporter(Check.in("samples/portal")).render(Fixture.report()))
        .startsWith(portal + "\n## ")
        .doesNotContain(only);
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  // what they share

  @ParameterizedTest
  @ValueSource(strings = {"a--b", "-->", "a b", "-a", "é", "a\n", "../x"})
  void aNameThatCouldEndTheMarkerIsRefused(String name) {
    assertThatThrownBy(() -> new Check(name, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("letters and digits");
    assertThat(Check.in("x/" + name.strip()).name()).doesNotContain("--");
  }

  @ParameterizedTest
  @CsvSource({
    "a/b.yaml:12:5, a/b.yaml, 12, 5",
    "a/b.yaml:12, a/b.yaml, 12, 0",
    "a/b.yaml, a/b.yaml, 0, 0",
    "C:/x/b.yaml:3:1, C:/x/b.yaml, 3, 1",
    "a:99999999999:1, a:99999999999, 1, 0"
  })
  void aPlaceIsReadAsItWasWritten(String text, String file, int line, int column) {
    assertThat(Check.parse(text)).isEqualTo(new Location(file, line, column, ""));
  }

  @Test
  void aPathOutsideTheProjectStaysWhatItIs() {
    Check check = new Check("", "a");
    assertThat(check.below("/tmp/x.yaml")).isEqualTo("/tmp/x.yaml");
    assertThat(check.below("C:\\x.yaml")).isEqualTo("C:\\x.yaml");
    assertThat(check.below("x.yaml")).isEqualTo("a/x.yaml");
  }
}
