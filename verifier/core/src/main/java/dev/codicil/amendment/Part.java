package dev.codicil.amendment;

import dev.codicil.amendment.rule.Excerpt;
import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.Location;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message that has a shape of its own: a body of one media type, a parameter, a header.
 *
 * @param direction which way it flows
 * @param root path of the part: {@code body}, {@code query:limit}
 * @param subject what a sentence calls the part
 * @param fieldWord what a sentence calls its fields, before the name
 * @param fieldSuffix and after the name
 * @param exact whether messages carry what is listed and nothing else (requests by example)
 * @param text whether its value travels as text
 * @param status of the reply it belongs to; null in requests
 * @param mediaType of the body; null outside bodies
 * @param aliases paths whose subtrees are those of another path, because the schema recurs there
 */
record Part(
    Direction direction,
    String root,
    String subject,
    String fieldWord,
    String fieldSuffix,
    boolean exact,
    boolean text,
    @Nullable String status,
    @Nullable String mediaType,
    Map<String, String> aliases) {

  static Part body(Direction direction, boolean exact, @Nullable String status, String mediaType) {
    String of = " of " + (status == null ? "" : Excerpt.of(status) + " ") + Excerpt.of(mediaType);
    String side = direction == Direction.REQUEST ? "request" : "reply";
    return new Part(
        direction,
        "body",
        side + " body" + of,
        side + " field ",
        of,
        exact,
        isText(mediaType),
        status,
        mediaType,
        new HashMap<>());
  }

  /** Whether values of a media type are written without types, as forms are. */
  private static boolean isText(String mediaType) {
    return mediaType.startsWith("text/")
        || mediaType.equals("application/x-www-form-urlencoded")
        || mediaType.equals("multipart/form-data");
  }

  static Part member(
      Direction direction, boolean exact, @Nullable String status, String key, String subject) {
    return new Part(
        direction,
        key,
        subject,
        "field ",
        " of " + subject,
        exact,
        true,
        status,
        null,
        new HashMap<>());
  }

  Place.Spot spot(String path, @Nullable Location base, @Nullable Location head) {
    String told =
        path.equals(root)
            ? subject
            : fieldWord + Excerpt.quoted(path.substring(root.length() + 1)) + fieldSuffix;
    return new Place.Spot(direction, path, told, base, head);
  }
}
