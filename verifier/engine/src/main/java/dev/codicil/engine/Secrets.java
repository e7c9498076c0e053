package dev.codicil.engine;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in {@code ${VAR}} from the caller's environment and remembers the values, which must never
 * be recorded.
 */
final class Secrets {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final int SHORTEST = 4;

  private final Function<String, @Nullable String> environment;
  private final Set<String> values = new TreeSet<>();

  Secrets(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /** The caller's environment. */
  Function<String, @Nullable String> environment() {
    return environment;
  }

  /** Takes out of everything that is recorded what was filled in elsewhere. */
  void hide(Set<String> others) {
    values.addAll(others);
  }

  /** Values that were filled in and are long enough to be told from ordinary text. */
  Set<String> values() {
    return values;
  }

  /**
   * Fills in the variables of a text.
   *
   * @throws InputException when one is not set
   */
  String resolve(String text, Location location) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String value = environment.apply(name);
      if (value == null) {
        throw new InputException(
            location,
            "the environment variable " + name + " is not set",
            "export " + name + " before the call");
      }
      if (value.length() >= SHORTEST) {
        values.add(value);
      }
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(resolved).toString();
  }

  Map<String, String> resolve(Map<String, String> texts, Location location) {
    Map<String, String> resolved = new LinkedHashMap<>();
    texts.forEach((key, text) -> resolved.put(key, resolve(text, location)));
    return resolved;
  }
}
