package dev.codicil.chaos.profile;

import dev.codicil.chaos.Durations;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.Load.Percentile;
import dev.codicil.chaos.Load.Tolerance;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the load under which a fault strikes. */
final class LoadReader {
  static final String KEY = "load";
  static final String RATE = "rate";
  static final String FOR = "for";
  static final String TOLERANCE = "tolerance";
  static final String METHODS = "methods";
  static final List<String> KEYS = List.of(RATE, FOR, TOLERANCE, METHODS);

  /** From 1 to {@link Load#MOST_PER_SECOND}; the schema can say it no other way. */
  static final String RATE_PATTERN = "([1-9][0-9]?|[1-4][0-9]{2}|500)/s";

  /** From 1 to {@link Load#MOST_SECONDS} whole seconds. */
  static final String FOR_PATTERN = "([1-9]|[1-5][0-9]|60)s";

  static final String TOLERANCE_PATTERN =
      "([1-9][0-9]{0,2}(\\.[0-9]{1,3})?x( \\+[0-9]{1,5}(ms|s))?|\\+[0-9]{1,5}(ms|s))";

  static final int MOST_METHODS = 10;

  /** It swaps two named exchanges, and those of a load all have one name. */
  private static final String REORDER = "reorder";

  private static final Pattern RATES = Pattern.compile(RATE_PATTERN);
  private static final Pattern TIMES = Pattern.compile(FOR_PATTERN);
  private static final Pattern TOLERANCES =
      Pattern.compile("(?:([0-9.]+)x)? ?(?:\\+([0-9]+(?:ms|s)))?");
  private static final Pattern TOLERANCE_FORM = Pattern.compile(TOLERANCE_PATTERN);
  private static final Pattern METHOD = Pattern.compile(ConditionsReader.METHOD_PATTERN);

  private LoadReader() {}

  /** The percentiles that can be held to a tolerance, as a profile writes them. */
  static Map<String, Percentile> percentiles() {
    Map<String, Percentile> all = new LinkedHashMap<>();
    for (Percentile percentile : Percentile.values()) {
      all.put(percentile.label(), percentile);
    }
    return all;
  }

  /** The load of an entry; null when it has none. */
  static @Nullable Load of(Node entry) {
    Optional<Node> node = entry.get(KEY);
    if (node.isEmpty()) {
      return null;
    }
    Node load = node.get().object(KEYS);
    Node rate = load.require(RATE, "write 'rate: 50/s'");
    Node time = load.require(FOR, "write 'for: 4s'");
    int perSecond =
        number(
            rate,
            RATES,
            "requests in a second, from 1/s to " + Load.MOST_PER_SECOND + "/s, such as 50/s");
    int seconds =
        number(time, TIMES, "whole seconds, from 1s to " + Load.MOST_SECONDS + "s, such as 4s");
    Load read = new Load(perSecond, seconds, tolerance(load), methods(load));
    for (Percentile percentile : read.tolerance().keySet()) {
      if (read.requests() < percentile.leastSamples()) {
        throw load.refuse(
            "'load' contradicts itself: "
                + read.requests()
                + " requests are too few for "
                + percentile.label()
                + ", which needs "
                + percentile.leastSamples(),
            "raise 'rate' or 'for'");
      }
    }
    entry.get("fault").ifPresent(fault -> refuseUnable(fault, fault.text()));
    return read;
  }

  /** Refuses a load on a fault that cannot strike many exchanges of one kind. */
  static void refuseUnable(Node at, String fault) {
    if (fault.equals(REORDER)) {
      throw at.refuse(
          "the fault '"
              + REORDER
              + "' contradicts itself under a load: it swaps two different interactions, and a"
              + " load is of one",
          "leave out 'load'");
    }
  }

  private static int number(Node node, Pattern pattern, String expected) {
    if (!node.value().isTextual() || !pattern.matcher(node.value().textValue()).matches()) {
      throw node.wrongType(expected, "");
    }
    return Integer.parseInt(node.text().replaceAll("[^0-9]", ""));
  }

  private static Map<Percentile, Tolerance> tolerance(Node load) {
    Map<Percentile, Tolerance> tolerance = new EnumMap<>(Percentile.class);
    Map<String, Percentile> known = percentiles();
    Optional<Node> given = load.get(TOLERANCE);
    if (given.isEmpty()) {
      tolerance.put(Percentile.P99, Tolerance.DEFAULT);
      return tolerance;
    }
    Node written = ConditionsReader.filled(given.get(), List.copyOf(known.keySet()));
    known.forEach(
        (name, percentile) ->
            written.get(name).ifPresent(node -> tolerance.put(percentile, tolerated(node))));
    return tolerance;
  }

  private static Tolerance tolerated(Node node) {
    String text = node.value().isTextual() ? node.value().textValue() : "";
    Matcher parts = TOLERANCES.matcher(text);
    if (!TOLERANCE_FORM.matcher(text).matches() || !parts.matches()) {
      throw node.wrongType(
          "a factor, a slack or both, such as 2x, +50ms or 1.5x +20ms",
          node.value().isNumber() ? "add the unit: 2x" : "");
    }
    String factor = parts.group(1);
    String slack = parts.group(2);
    return new Tolerance(
        factor == null ? 1 : Double.parseDouble(factor),
        slack == null ? Tolerance.DEFAULT_SLACK_MILLIS : Durations.parse(slack).toMillis());
  }

  private static List<String> methods(Node load) {
    Optional<Node> given = load.get(METHODS);
    if (given.isEmpty()) {
      return Load.SAFE;
    }
    Node list = given.get();
    int size = list.value().size();
    if (!list.value().isArray()) {
      throw list.wrongType("a list", "write 'methods: [GET, PUT]'");
    }
    if (size == 0 || size > MOST_METHODS) {
      throw list.refuse(
          "'methods' has " + size + " entries; expected 1 to " + MOST_METHODS,
          size == 0 ? "leave it out to mean " + String.join(", ", Load.SAFE) : "");
    }
    List<String> methods = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Node item = list.item(i, "the entry of 'methods'");
      if (!METHOD.matcher(item.text()).matches()) {
        throw item.wrongType("an HTTP method in upper case, such as PUT", "");
      }
      methods.add(item.text());
    }
    return methods;
  }
}
