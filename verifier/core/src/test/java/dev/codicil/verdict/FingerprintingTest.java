package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.Witness;
import dev.codicil.contract.Headers;
import dev.codicil.contract.Location;
import dev.codicil.contract.Mismatch;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.Ended;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a fingerprint is made of, and what must not change it. */
class FingerprintingTest {

  private static Finding finding(
      FindingKind kind, String id, String wording, String file, String... mismatches) {
    CellRecord after =
        new CellRecord(
            new Cell("head", "s1", ""),
            0,
            Ended.REPLIED,
            200,
            12,
            2000,
            List.of(mismatches).stream().map(path -> new Mismatch(path, wording, "b")).toList(),
            false,
            null,
            null,
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            new CellRecord.MessageSketch("GET /", List.of(), ""),
            null,
            5,
            null);
    return new Finding(
        id,
        kind,
        false,
        "checkout",
        "license-authority",
        wording,
        "GET /",
        0,
        List.of(),
        "",
        new Finding.Outcomes(Outcome.HELD, null, true),
        new Finding.Outcomes(Outcome.FAILED, null, true),
        List.of("field-removed body/" + wording),
        wording,
        wording,
        wording,
        file,
        List.of(after),
        null);
  }

  private static String of(Finding finding) {
    return Fingerprinting.of(finding, List.of());
  }

  @Test
  void wordingAndPlaceInTheFileDoNotMatter() {
    assertThat(of(finding(FindingKind.BROKEN, "s1", "one", "a.json:3:1", "body/x")))
        .isEqualTo(of(finding(FindingKind.BROKEN, "s1", "other", "b.json:9:9", "body/x")))
        .matches("[0-9a-f]{10}");
  }

  @Test
  void neitherOrderNorNumberOfArrayItemsMatters() {
    assertThat(of(finding(FindingKind.BROKEN, "s1", "", "", "body/items/0/x", "status")))
        .isEqualTo(
            of(
                finding(
                    FindingKind.BROKEN,
                    "s1",
                    "",
                    "",
                    "status",
                    "body/items/1/x",
                    "body/items/7/x")));
  }

  @Test
  void kindInteractionAndWhatFailedDo() {
    Finding one = finding(FindingKind.BROKEN, "s1", "", "", "body/x");

    assertThat(
            List.of(
                of(one),
                of(finding(FindingKind.INCONCLUSIVE, "s1", "", "", "body/x")),
                of(finding(FindingKind.BROKEN, "s2", "", "", "body/x")),
                of(finding(FindingKind.BROKEN, "s1", "", "", "body/y")),
                Fingerprinting.of(one, List.of("a node"))))
        .doesNotHaveDuplicates();
  }

  private static Change change(String operation, String path, String message, String file) {
    return new Change(
        "field-removed",
        Severity.BREAKING,
        Effect.NARROWED,
        Direction.REPLY,
        "licenses",
        operation,
        path,
        "string",
        null,
        message,
        Location.of(file),
        null,
        List.of());
  }

  private static Change witnessed(Change change, String pointer, String body) {
    return change.witnessed(
        new Witness(
            Witness.Kind.REPLY,
            pointer,
            "200",
            Headers.NONE,
            body,
            Witness.Side.HEAD,
            Witness.Side.BASE,
            new Mismatch(pointer, "a value", body),
            Witness.CheckedBy.SHAPES));
  }

  @Test
  void aChangeIsItsRuleOperationPlaceAndWitness() {
    Change one = change("GET /licenses/{id}", "body/x", "it was removed", "a.yaml");

    assertThat(Fingerprinting.of(one))
        .isEqualTo(Fingerprinting.of(change("GET /licenses/{key}", "body/x", "gone", "b.yaml")))
        .isNotEqualTo(Fingerprinting.of(change("GET /licenses/{id}", "body/y", "", "a.yaml")))
        .isNotEqualTo(Fingerprinting.of(witnessed(one, "body/x", "{}")));
    assertThat(Fingerprinting.of(witnessed(one, "body/0/x", "{\"a\":1}")))
        .isEqualTo(Fingerprinting.of(witnessed(one, "body/3/x", "{\"a\":2}")));
  }
}
