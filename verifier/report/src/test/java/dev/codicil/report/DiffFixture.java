package dev.codicil.report;

import dev.codicil.amendment.Audience;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Comparison.Stated;
import dev.codicil.amendment.Compatibility;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Rollout;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.Witness;
import dev.codicil.contract.Headers;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.Mismatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comparisons as the formats of {@code diff} get them. */
final class DiffFixture {
  private static final String FILE = "contracts/openapi/license-authority.yaml";

  private DiffFixture() {}

  /** A renamed field and what goes with it, against two bases, for all consumers. */
  static Comparison renamed() {
    Change removed =
        change(
                "field-removed",
                Severity.BREAKING,
                Effect.WIDENED,
                "body/validUntil",
                "required",
                null,
                "reply field `validUntil` of 200 application/json was removed",
                new Location(FILE, 40, 9, ""),
                List.of(
                    new Change.Touch(
                        "checkout",
                        "k1",
                        "an active license",
                        "$.body.validUntil",
                        new Location("contracts/pact/checkout-license-authority.json", 20, 11, "")),
                    new Change.Touch("checkout", "k2", "an expired license")))
            .witnessed(
                new Witness(
                    Witness.Kind.REPLY,
                    "body/validUntil",
                    "200",
                    Headers.NONE,
                    "{\"id\":\"L-1\"}",
                    Witness.Side.HEAD,
                    Witness.Side.BASE,
                    new Mismatch("body/validUntil", "a value (required)", "missing"),
                    Witness.CheckedBy.VALIDATOR));
    Change needed =
        change(
                "field-removed",
                Severity.BREAKING,
                Effect.WIDENED,
                "body/expiresAt",
                "required",
                null,
                "reply field `expiresAt` of 200 application/json was removed",
                new Location(FILE, 41, 9, ""),
                List.of())
            .unwitnessed("no value of `expiresAt` could be made that the new side refuses");
    Change widened =
        change(
            "enum-value-added",
            Severity.RISKY,
            Effect.WIDENED,
            "body/status",
            "`active`",
            "`active`, `suspended`",
            "reply field `status` of 200 application/json may now be `suspended`",
            new Location(FILE, 44, 0, ""),
            List.of());
    Change added =
        change(
            "field-added",
            Severity.SAFE,
            Effect.NARROWED,
            "body/expiresAt",
            null,
            "required",
            "reply field `expiresAt` of 200 application/json was added, required",
            new Location(FILE, 41, 9, ""),
            List.of());
    return new Comparison(
        List.of("v1:contracts", "v2:contracts"),
        "contracts",
        Compatibility.FULL,
        List.of(
            new Stated(
                removed, Audience.EXISTING_CONSUMERS, List.of("v1:contracts", "v2:contracts")),
            new Stated(needed, Audience.NEW_CONSUMERS, List.of("v2:contracts")),
            new Stated(
                widened, Audience.EXISTING_CONSUMERS, List.of("v1:contracts", "v2:contracts")),
            new Stated(
                added, Audience.EXISTING_CONSUMERS, List.of("v1:contracts", "v2:contracts"))),
        Rollout.of(List.of(removed, widened, added), List.of(needed)),
        new Ledger(
            List.of(
                loaded("v1:contracts", FILE),
                loaded("v2:contracts", FILE),
                loaded("head", FILE),
                new Ledger.Entry(
                    "head",
                    "contracts/bad file.json",
                    Ledger.Fate.UNREADABLE,
                    null,
                    0,
                    List.of("contracts/bad file.json:1:2: unexpected end")))));
  }

  /** Nothing changes, and all was read. */
  static Comparison same() {
    return new Comparison(
        List.of("main:contracts"),
        "contracts",
        Compatibility.BACKWARD,
        List.of(),
        Rollout.of(List.of(), List.of()),
        new Ledger(List.of(loaded("base", FILE), loaded("head", FILE))));
  }

  /** Text that tries to be more than text, everywhere. */
  static Comparison hostile() {
    String text = Fixture.HOSTILE;
    Location place = new Location(text, 1, 1, text);
    Change change =
        new Change(
            text,
            Severity.BREAKING,
            Effect.WIDENED,
            Direction.REPLY,
            text,
            text,
            text,
            text,
            null,
            text + "x".repeat(5000),
            place,
            place,
            List.of(new Change.Touch(text, text, text)));
    return new Comparison(
        List.of(text, "b"),
        text,
        Compatibility.FULL,
        List.of(new Stated(change, Audience.EXISTING_CONSUMERS, List.of(text))),
        Rollout.of(List.of(change), List.of(change)),
        new Ledger(
            List.of(
                new Ledger.Entry(
                    text, text, Ledger.Fate.UNREADABLE, text, 0, List.of(text + text)))));
  }

  /** More changes than anybody reads, of every severity. */
  static Comparison many(int each) {
    List<Stated> changes = new ArrayList<>();
    for (Severity severity : List.of(Severity.BREAKING, Severity.RISKY, Severity.SAFE)) {
      for (int i = 0; i < each; i++) {
        Change change =
            change(
                "field-removed",
                severity,
                Effect.WIDENED,
                "body/f" + i,
                "required",
                null,
                "reply field `f" + i + "` was removed",
                new Location(FILE, i + 1, 1, ""),
                List.of());
        changes.add(new Stated(change, Audience.EXISTING_CONSUMERS, List.of("a")));
      }
    }
    return new Comparison(
        List.of("a"),
        "b",
        Compatibility.BACKWARD,
        changes,
        Rollout.of(changes.stream().map(Stated::change).toList(), List.of()),
        new Ledger(List.of(loaded("base", FILE), loaded("head", FILE))));
  }

  /** The same changes, so many lines further down. */
  static Comparison moved(Comparison comparison, int lines) {
    return new Comparison(
        comparison.bases(),
        comparison.head(),
        comparison.mode(),
        comparison.changes().stream()
            .map(
                stated -> {
                  Location at = stated.change().location();
                  Location down =
                      new Location(at.file(), at.line() + lines, at.column(), at.pointer());
                  return new Stated(
                      stated.change().locatedAt(null, down), stated.audience(), stated.against());
                })
            .toList(),
        comparison.rollout(),
        comparison.ledger());
  }

  private static Ledger.Entry loaded(String side, String file) {
    return new Ledger.Entry(side, file, Ledger.Fate.LOADED, "openapi", 6, List.of());
  }

  private static Change change(
      String rule,
      Severity severity,
      Effect effect,
      String path,
      @Nullable String before,
      @Nullable String after,
      String message,
      Location location,
      List<Change.Touch> touches) {
    return new Change(
        rule,
        severity,
        effect,
        Direction.REPLY,
        "license-authority",
        "GET /licenses/{id}",
        path,
        before,
        after,
        message,
        null,
        location,
        touches);
  }
}
