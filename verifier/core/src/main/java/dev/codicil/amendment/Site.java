package dev.codicil.amendment;

import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A change with the two sides it was found on, for whoever makes messages that show it.
 *
 * @param change the fact
 * @param place what the rule looked at
 * @param root path of the part of the message it is in: {@code body}, {@code query:limit}; empty
 *     when it concerns a message as a whole
 * @param status of the reply it is in; null in requests and messages
 * @param mediaType of the body it is in; null outside bodies
 * @param before the interaction in the base; null when it is new
 * @param after the interaction in the head; null when it is gone
 * @param shapeBefore the whole part in the base; null when it has no such part
 * @param shapeAfter the whole part in the head; null when it has no such part
 */
public record Site(
    Change change,
    Place place,
    String root,
    @Nullable String status,
    @Nullable String mediaType,
    @Nullable Interaction before,
    @Nullable Interaction after,
    @Nullable Shape shapeBefore,
    @Nullable Shape shapeAfter) {

  static Site of(Change change, Found found) {
    Part part = found.part();
    return new Site(
        change,
        found.place(),
        part == null ? "" : part.root(),
        part == null ? null : part.status(),
        part == null ? null : part.mediaType(),
        found.before(),
        found.after(),
        part == null ? null : PartShapes.of(found.before(), part),
        part == null ? null : PartShapes.of(found.after(), part));
  }
}
