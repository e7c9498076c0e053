package dev.codicil.pactbroker;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which versions of consumers pacts are wanted of: a consumer version selector of the API, held to
 * what its documentation says (pact_broker, {@code provider-pacts-for-verification.markdown}).
 *
 * @param keys as the API names them; flags are {@code true}, others a text
 */
public record Selector(Map<String, Object> keys) {
  /** Keys that can only be {@code true}. */
  public static final List<String> FLAGS =
      List.of(
          "mainBranch",
          "matchingBranch",
          "deployed",
          "released",
          "deployedOrReleased",
          "latest",
          "fallbackToMainBranch");

  /** Keys that name something. */
  public static final List<String> TEXTS =
      List.of("branch", "fallbackBranch", "tag", "fallbackTag", "environment", "consumer");

  private static final Set<String> LIVING = Set.of("deployed", "released", "deployedOrReleased");

  public Selector {
    keys = Collections.unmodifiableMap(new TreeMap<>(keys));
    keys.forEach(
        (key, value) -> {
          if (FLAGS.contains(key)) {
            check(Boolean.TRUE.equals(value), "'" + key + "' can only be true");
          } else {
            check(TEXTS.contains(key), "'" + key + "' is no key of a selector");
            check(value instanceof String text && !text.isBlank(), "'" + key + "' names nothing");
          }
        });
    long ways =
        Set.of("mainBranch", "matchingBranch", "branch", "tag").stream()
            .filter(keys::containsKey)
            .count();
    long living = LIVING.stream().filter(keys::containsKey).count();
    check(!keys.isEmpty(), "a selector without keys selects nothing");
    check(
        ways + living <= 1,
        "a selector takes one of mainBranch, matchingBranch, branch, tag, deployed, released and"
            + " deployedOrReleased; write several selectors");
    need(keys, "fallbackBranch", Set.of("branch"));
    need(keys, "fallbackToMainBranch", Set.of("branch"));
    need(keys, "fallbackTag", Set.of("tag"));
    check(
        !keys.containsKey("fallbackBranch") || !keys.containsKey("fallbackToMainBranch"),
        "fallbackBranch and fallbackToMainBranch cannot stand together");
    check(
        !keys.containsKey("environment") || ways == 0,
        "environment goes with deployed, released or deployedOrReleased");
    check(
        ways + living > 0
            || keys.containsKey("latest")
            || keys.containsKey("environment")
            || keys.containsKey("consumer"),
        "a selector says which versions");
  }

  private static void need(Map<String, Object> keys, String key, Set<String> one) {
    check(
        !keys.containsKey(key) || one.stream().anyMatch(keys::containsKey),
        key + " goes with " + String.join(" or ", one));
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Whether it asks for the branch that the provider is on. */
  public boolean matchesBranch() {
    return keys.containsKey("matchingBranch");
  }

  /** The same for one consumer; one that names a consumer already stays as it is. */
  public Selector of(String consumer) {
    if (keys.containsKey("consumer")) {
      return this;
    }
    Map<String, Object> more = new TreeMap<>(keys);
    more.put("consumer", consumer);
    return new Selector(more);
  }

  /**
   * Reads the short form that a command line has: {@code mainBranch}, {@code branch=main}, and
   * {@code tag=prod} for the latest with that tag.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Selector parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      return new Selector(Map.of(text.strip(), true));
    }
    String key = text.substring(0, equals).strip();
    String value = text.substring(equals + 1).strip();
    return switch (key) {
      case "tag" -> new Selector(Map.of(key, value, "latest", true));
      case "environment" -> new Selector(Map.of(key, value, "deployedOrReleased", true));
      default -> new Selector(Map.of(key, value));
    };
  }
}
