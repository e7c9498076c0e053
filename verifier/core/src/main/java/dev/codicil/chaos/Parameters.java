package dev.codicil.chaos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Parameters of a fault as text, defaults filled in, sorted by name. */
public record Parameters(@JsonValue Map<String, String> values) {
  /** No parameters. */
  public static final Parameters NONE = new Parameters(Map.of());

  @JsonCreator
  public Parameters {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** The text of a parameter. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The text of a parameter that must be there. */
  public String require(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("parameter '" + name + "' is missing");
    }
    return value;
  }

  /** A duration parameter that must be there. */
  public Duration duration(String name) {
    return Durations.parse(require(name));
  }

  /** An integer parameter that must be there. */
  public int integer(String name) {
    return Integer.parseInt(require(name));
  }

  /** A fraction in [0, 1] that must be there. */
  public double fraction(String name) {
    return Double.parseDouble(require(name));
  }

  /** A yes or no that must be there. */
  public boolean flag(String name) {
    return Boolean.parseBoolean(require(name));
  }

  /** A copy with one parameter set. */
  public Parameters with(String name, String value) {
    Map<String, String> copy = new TreeMap<>(values);
    copy.put(name, value);
    return new Parameters(copy);
  }
}
