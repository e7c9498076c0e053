package dev.codicil.experiment;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One assignment of sides to subjects, with instances and databases of its own.
 *
 * @param id {@code base}, {@code head}, or {@code step-N} between them
 * @param sides side ({@code base} or {@code head}) by subject; a subject that is not listed runs
 *     its base
 */
public record Column(String id, Map<String, String> sides) {
  /** Name of the base side. */
  public static final String BASE = "base";

  /** Name of the head side. */
  public static final String HEAD = "head";

  public Column {
    sides = Collections.unmodifiableMap(new TreeMap<>(sides));
  }

  /** The side a subject runs in this column. */
  public String side(String subject) {
    return sides.getOrDefault(subject, BASE);
  }
}
