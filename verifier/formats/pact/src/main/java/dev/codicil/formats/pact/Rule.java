package dev.codicil.formats.pact;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One matcher of a pact.
 *
 * @param kind what it asks
 * @param text its regular expression, date pattern or included text
 * @param min fewest items, or the smallest number of a generator
 * @param max most items, or the largest number of a generator
 * @param nested matchers for each key or value
 * @param variants of {@code arrayContains}, in document order
 * @param spot where it stands
 */
record Rule(
    Kind kind,
    @Nullable String text,
    @Nullable Integer min,
    @Nullable Integer max,
    List<Rule> nested,
    List<Variant> variants,
    Spot spot) {

  /**
   * An item that an array must have.
   *
   * @param index of its example
   * @param rules that loosen it
   */
  record Variant(int index, RuleTree rules) {}

  /** The matchers of Pact 1 to 4. */
  enum Kind {
    EQUALITY,
    TYPE,
    REGEX,
    INTEGER,
    DECIMAL,
    NUMBER,
    DATE,
    TIME,
    DATETIME,
    INCLUDE,
    NULL,
    BOOLEAN,
    VALUES,
    EACH_KEY,
    EACH_VALUE,
    ARRAY_CONTAINS,
    IGNORE_ORDER,
    STATUS_CODE,
    NOT_EMPTY,
    SEMVER,
    CONTENT_TYPE,
    UNKNOWN;

    /** Whether it says something about a map's keys or values, and so stops at its own path. */
    boolean ofMembers() {
      return this == VALUES || this == EACH_KEY || this == EACH_VALUE;
    }
  }

  private static final Map<String, Kind> NAMES =
      Map.ofEntries(
          Map.entry("equality", Kind.EQUALITY),
          Map.entry("type", Kind.TYPE),
          Map.entry("min", Kind.TYPE),
          Map.entry("max", Kind.TYPE),
          Map.entry("mintype", Kind.TYPE),
          Map.entry("maxtype", Kind.TYPE),
          Map.entry("regex", Kind.REGEX),
          Map.entry("integer", Kind.INTEGER),
          Map.entry("decimal", Kind.DECIMAL),
          Map.entry("real", Kind.DECIMAL),
          Map.entry("number", Kind.NUMBER),
          Map.entry("date", Kind.DATE),
          Map.entry("time", Kind.TIME),
          Map.entry("datetime", Kind.DATETIME),
          Map.entry("timestamp", Kind.DATETIME),
          Map.entry("include", Kind.INCLUDE),
          Map.entry("null", Kind.NULL),
          Map.entry("boolean", Kind.BOOLEAN),
          Map.entry("values", Kind.VALUES),
          Map.entry("eachkey", Kind.EACH_KEY),
          Map.entry("eachvalue", Kind.EACH_VALUE),
          Map.entry("arraycontains", Kind.ARRAY_CONTAINS),
          Map.entry("ignoreorder", Kind.IGNORE_ORDER),
          Map.entry("statuscode", Kind.STATUS_CODE),
          Map.entry("notempty", Kind.NOT_EMPTY),
          Map.entry("semver", Kind.SEMVER),
          Map.entry("contenttype", Kind.CONTENT_TYPE));

  /** The kind a matcher names, in camel or kebab case. */
  static Kind kindOf(String name) {
    return NAMES.getOrDefault(name.replace("-", "").toLowerCase(Locale.ROOT), Kind.UNKNOWN);
  }
}
