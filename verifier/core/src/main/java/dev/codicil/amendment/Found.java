package dev.codicil.amendment;

import dev.codicil.amendment.rule.Difference;
import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.Interaction;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A change with all that is needed to tell whom it touches.
 *
 * @param change the fact
 * @param difference what the rule said
 * @param place what the rule looked at
 * @param part the part of the message; null for operations, whole bodies, media types and statuses
 * @param pairing the contract it is in
 * @param before the interaction in the base; null when it is new
 * @param after the interaction in the head; null when it is gone
 */
record Found(
    Change change,
    Difference difference,
    Place place,
    @Nullable Part part,
    Pairing pairing,
    @Nullable Interaction before,
    @Nullable Interaction after) {

  /** Worst first; then by where and what, so that no order of reading shows. */
  static final Comparator<Change> ORDER =
      Comparator.comparing(Change::severity)
          .reversed()
          .thenComparing(Change::provider)
          .thenComparing(Change::operation)
          .thenComparing(Change::path)
          .thenComparing(Change::rule)
          .thenComparing(Change::direction)
          .thenComparing(Change::message)
          .thenComparing(change -> change.location().toString());
}
