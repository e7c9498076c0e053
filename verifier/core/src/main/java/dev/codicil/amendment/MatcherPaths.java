package dev.codicil.amendment;

import java.util.regex.Pattern;

/** Places in a consumer's contract, as Pact writes the paths of its matchers. */
public final class MatcherPaths {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  /** The whole interaction. */
  public static final String INTERACTION = "$";

  private MatcherPaths() {}

  /** A field of the object at {@code parent}: {@code $.body.id}, {@code $.body['no name']}. */
  public static String field(String parent, String name) {
    if (PLAIN.matcher(name).matches()) {
      return parent + "." + name;
    }
    char quote = name.indexOf('\'') < 0 ? '\'' : '"';
    return parent + "[" + quote + name + quote + "]";
  }

  /**
   * A part of a message by its path in a {@link Change}: {@code body} is {@code $.body}, {@code
   * query:limit} is {@code $.query.limit}, {@code header:etag} is {@code $.headers.etag}.
   */
  public static String part(String root) {
    int colon = root.indexOf(':');
    if (colon < 0) {
      return field(INTERACTION, root);
    }
    String kind = root.substring(0, colon);
    if (kind.equals("path")) {
      return field(INTERACTION, "path");
    }
    String category = kind.equals("header") ? "headers" : kind;
    return field(field(INTERACTION, category), root.substring(colon + 1));
  }

  /**
   * A place below {@code parent} by its JSON pointer, in which {@code *} is any item: {@code
   * /items/*&#47;id} gives {@code .items[*].id}.
   */
  public static String below(String parent, String pointer) {
    String path = parent;
    for (String segment : pointer.split("/", -1)) {
      if (segment.equals("*")) {
        path += "[*]";
      } else if (!segment.isEmpty()) {
        path = field(path, segment.replace("~1", "/").replace("~0", "~"));
      }
    }
    return path;
  }
}
