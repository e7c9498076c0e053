package dev.codicil.report;

import dev.codicil.amendment.Audience;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Comparison.Stated;
import dev.codicil.amendment.Compatibility;
import dev.codicil.amendment.Rollout;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.Witness;
import java.util.List;
import java.util.Locale;

/** The sentences that the formats of {@code diff} share. Not escaped. */
final class DiffWording {
  private static final int NAMES = 5;
  private static final int MAX_NAME = 60;
  private static final int MAX_WITNESS = 160;

  private DiffWording() {}

  /** {@code breaking}, {@code risky}, {@code safe} or {@code none}. */
  static String worst(Comparison comparison) {
    return comparison.worst().map(DiffWording::word).orElse("none");
  }

  /** Lower case. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** {@code 1 breaking, 0 risky, 2 safe}. */
  static String counts(Comparison comparison) {
    return comparison.count(Severity.BREAKING)
        + " breaking, "
        + comparison.count(Severity.RISKY)
        + " risky, "
        + comparison.count(Severity.SAFE)
        + " safe";
  }

  /** {@code 3 changes}, or {@code No changes}. */
  static String total(Comparison comparison) {
    int count = comparison.changes().size();
    return count == 0 ? "No changes" : Wording.count(count, "change");
  }

  /** {@code for existing consumers against the new provider}. */
  static String forWhom(Comparison comparison) {
    return "for " + comparison.mode().forWhom();
  }

  /** The first of some names, in a sentence. */
  static String few(List<String> names) {
    String first = String.join(", ", names.stream().limit(NAMES).toList());
    return names.size() > NAMES ? first + " and " + (names.size() - NAMES) + " more" : first;
  }

  /** For whom and against what a change stands, where that does not go without saying. */
  static String note(Stated stated, Comparison comparison) {
    String whom =
        comparison.mode() == Compatibility.FULL
                || (stated.audience() == Audience.NEW_CONSUMERS) == comparison.mode().backward()
            ? "; for " + stated.audience().told()
            : "";
    return whom + (comparison.bases().size() > 1 ? "; against " + against(stated, comparison) : "");
  }

  private static String against(Stated stated, Comparison comparison) {
    return stated.against().size() == comparison.bases().size()
        ? "all " + comparison.bases().size() + " bases"
        : few(stated.against());
  }

  /** A change, and where. */
  static String sentence(Change change) {
    return ChangesText.place(change) + ": " + change.message();
  }

  /**
   * The message that shows a change, or why there is none; empty for a change that needs neither.
   * {@code e.g. reply 200 {"id":1}: the base refuses it (body/id: expected string, found 1)}.
   */
  static String witness(Change change) {
    Witness witness = change.witness();
    if (witness == null) {
      String missing = change.witnessMissing();
      return missing == null ? "" : "no example: " + missing;
    }
    String body = witness.body().isEmpty() ? "" : " " + Escape.brief(witness.body(), MAX_WITNESS);
    return "e.g. "
        + word(witness.kind())
        + " "
        + Escape.brief(witness.start(), MAX_WITNESS)
        + body
        + ": the "
        + word(witness.rejectedOn())
        + " refuses it ("
        + Escape.brief(witness.mismatch().path(), MAX_NAME)
        + ": expected "
        + Escape.brief(witness.mismatch().expected(), MAX_NAME)
        + ", found "
        + Escape.brief(witness.mismatch().actual(), MAX_NAME)
        + ")";
  }

  /** {@code provider first, and no other order}: who goes first, and how sure that is. */
  static String order(Rollout rollout) {
    return switch (rollout.order()) {
      case EITHER, IMPOSSIBLE_IN_ONE_STEP -> rollout.order().told();
      case PROVIDER_FIRST, CONSUMERS_FIRST ->
          rollout.order().told() + (rollout.strict() ? "" : ", to be on the safe side");
    };
  }

  /** {@code GET /licenses/{id} body/validUntil: stop relying on it}. */
  static String item(Rollout.Item item) {
    return (item.operation() + " " + item.pointer()).trim() + ": " + item.what();
  }

  /** How a comparison is to be taken; names the color in every format. */
  static String tone(Comparison comparison) {
    if (comparison.reaches(Severity.BREAKING)) {
      return "bad";
    }
    if (!comparison.ledger().unread().isEmpty()
        || !(comparison.baseRead() && comparison.headRead())) {
      return "unknown";
    }
    return comparison.reaches(Severity.RISKY) ? "fair" : "good";
  }

  /** What it comes to, in one sentence. */
  static String impact(Comparison comparison) {
    long breaking = comparison.count(Severity.BREAKING);
    if (breaking > 0) {
      return Wording.count(breaking, "breaking change") + "; " + hit(comparison) + ".";
    }
    if (!(comparison.baseRead() && comparison.headRead())) {
      return missing(comparison) + ", so nothing was compared. This is not a pass.";
    }
    if (!comparison.ledger().unread().isEmpty()) {
      return "Nothing breaking was found, but not everything was read. This is not a pass.";
    }
    return comparison.changes().isEmpty()
        ? "Nothing changes."
        : "Nothing breaks; " + counts(comparison) + ". Documents only: nothing was run.";
  }

  /** Which side has no contract. */
  static String missing(Comparison comparison) {
    if (comparison.baseRead()) {
      return "There is no contract in the head";
    }
    return comparison.headRead()
        ? "There is no contract in the base"
        : "There is no contract on either side";
  }

  /** Whom the breaking changes hit. */
  private static String hit(Comparison comparison) {
    List<String> consumers =
        comparison.changes().stream()
            .filter(stated -> stated.change().severity() == Severity.BREAKING)
            .flatMap(stated -> stated.change().touches().stream())
            .map(touch -> Escape.brief(touch.consumer(), MAX_NAME))
            .distinct()
            .toList();
    return consumers.isEmpty()
        ? "no known consumer uses what breaks"
        : "known consumers that are hit: " + few(consumers);
  }
}
