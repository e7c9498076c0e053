package dev.codicil.formats.scc.code;

import groovy.lang.Closure;
import groovy.lang.GString;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.contract.spec.internal.DslProperty;
import org.springframework.cloud.contract.spec.internal.ExecutionProperty;
import org.springframework.cloud.contract.spec.internal.MatchingStrategy;
import org.springframework.cloud.contract.spec.internal.OptionalProperty;
import org.springframework.cloud.contract.spec.internal.RegexProperty;

/**
 * Which of the two values of {@code $(consumer(...), producer(...))} is the example. A request is
 * sent by the producer's tests, so the producer's value is the example and the consumer's the
 * pattern that stubs match; in a reply or message it is the other way round.
 */
enum Side {
  REQUEST,
  REPLY;

  /** In place of an example that is not sent at all. */
  static final Object UNSENT = new Object();

  private static final Pattern SPECIAL = Pattern.compile("[\\\\.\\[\\]{}()*+?^$|]");

  @Nullable Object example(DslProperty<?> property) {
    return this == REQUEST ? property.getServerValue() : property.getClientValue();
  }

  @Nullable Object pattern(DslProperty<?> property) {
    return this == REQUEST ? property.getClientValue() : property.getServerValue();
  }

  /** A value, taken apart. */
  Leaf leaf(@Nullable Object value) {
    return leaf(value, value);
  }

  /**
   * A value whose two sides are already apart.
   *
   * @param example what stands on the side of the example
   * @param pattern what stands on the other
   */
  Leaf leaf(@Nullable Object example, @Nullable Object pattern) {
    if (example instanceof GString || pattern instanceof GString) {
      Object text = example instanceof GString ? example : pattern;
      return mixed(Mixed.of((GString) Objects.requireNonNull(text)));
    }
    Object sent = stripped(example, true);
    Object held = stripped(pattern, false);
    if (sent instanceof GString text) {
      return mixed(Mixed.of(text));
    }
    if (held instanceof MatchingStrategy strategy) {
      return strategy(sent, strategy);
    }
    if (sent instanceof MatchingStrategy strategy) {
      return strategy(strategy, strategy);
    }
    String regex = regex(held);
    String command = held instanceof ExecutionProperty code ? code.getExecutionCommand() : null;
    String problem = null;
    if (sent instanceof ExecutionProperty) {
      boolean stands = regex == null && command == null;
      sent = stands ? held : held instanceof RegexProperty known ? known.generate() : null;
      problem = "the value that is sent is computed by code of the provider's tests, not run here";
    } else if (isDynamic(sent)) {
      regex = regex == null && isDynamic(held) ? regex(sent) : regex;
      sent = command == null && !isDynamic(held) ? held : generated(Objects.requireNonNull(sent));
    } else if (regex == null && command == null && !same(sent, held)) {
      problem = differing(sent, held);
    }
    if (sent instanceof Closure<?>) {
      sent = null;
      problem = "a closure is not understood as a value";
    }
    if (regex != null && problem == null) {
      problem = mismatch(regex, sent);
    }
    return new Leaf(plain(sent), regex, command, null, problem);
  }

  /** Text in which values stand. */
  Leaf mixed(Mixed text) {
    StringBuilder example = new StringBuilder();
    StringBuilder regex = new StringBuilder();
    boolean held = false;
    String command = null;
    String problem = null;
    for (Object part : text.parts()) {
      if (part instanceof String literal) {
        example.append(literal);
        regex.append(escaped(literal));
        continue;
      }
      Leaf inner = leaf(part);
      example.append(inner.example());
      held |= inner.regex() != null;
      regex.append(
          inner.regex() == null
              ? escaped(String.valueOf(inner.example()))
              : "(?:" + inner.regex() + ")");
      command = inner.command() == null ? command : inner.command();
      problem = inner.problem() == null ? problem : inner.problem();
    }
    return new Leaf(example.toString(), held ? regex.toString() : null, command, null, problem);
  }

  private Leaf strategy(@Nullable Object sent, MatchingStrategy held) {
    Leaf inner = leaf(pattern(held));
    String type = type(held);
    Object value = inner.regex() == null ? inner.example() : inner.regex();
    if (sent instanceof MatchingStrategy own && type(own).equals("absent")) {
      return new Leaf(UNSENT, null, null, new Leaf.Strategy(type, value), null);
    }
    Object example = sent instanceof MatchingStrategy own ? leaf(example(own)).example() : sent;
    boolean pattern = sent instanceof MatchingStrategy own && type(own).equals("matching");
    if (pattern && inner.regex() == null) {
      // A pattern is no example; what is sent must come from it.
      example = new RegexProperty(Pattern.compile(String.valueOf(example))).generate();
    }
    String problem = inner.problem();
    if (type.equals("equal_to") && !same(example, value)) {
      problem = differing(example, value);
    }
    return new Leaf(plain(example), null, null, new Leaf.Strategy(type, value), problem);
  }

  private static String type(MatchingStrategy strategy) {
    return strategy.getType() == MatchingStrategy.Type.CONTAINS
        ? "containing"
        : strategy.getType().name().toLowerCase(Locale.ROOT);
  }

  private static String differing(@Nullable Object taken, @Nullable Object left) {
    return "its two sides differ and neither is a pattern: '"
        + Failure.brief(String.valueOf(taken))
        + "' is taken, '"
        + Failure.brief(String.valueOf(left))
        + "' is left out";
  }

  /** The value of one side, out of the properties it is wrapped in; patterns stay what they are. */
  private @Nullable Object stripped(@Nullable Object value, boolean example) {
    Object at = value;
    while (at instanceof DslProperty<?> property
        && !(at instanceof RegexProperty)
        && !(at instanceof MatchingStrategy)) {
      at = example ? example(property) : pattern(property);
    }
    return at;
  }

  private static boolean isDynamic(@Nullable Object value) {
    return value instanceof Pattern
        || value instanceof RegexProperty
        || value instanceof OptionalProperty;
  }

  private static Object generated(Object dynamic) {
    if (dynamic instanceof OptionalProperty optional) {
      return optional.generateConcreteValue();
    }
    return (dynamic instanceof RegexProperty known ? known : new RegexProperty(dynamic)).generate();
  }

  private static @Nullable String regex(@Nullable Object value) {
    if (value instanceof RegexProperty property) {
      return property.pattern();
    }
    if (value instanceof Pattern pattern) {
      return pattern.pattern();
    }
    return value instanceof OptionalProperty optional ? optional.optionalPattern() : null;
  }

  private static boolean same(@Nullable Object one, @Nullable Object other) {
    return Objects.equals(plain(one), plain(other));
  }

  /** Values that JSON has stay; all others are the text they are shown as. */
  static @Nullable Object plain(@Nullable Object value) {
    return value == null || value instanceof Boolean || value instanceof Number
        ? value
        : String.valueOf(value);
  }

  private static @Nullable String mismatch(String regex, @Nullable Object example) {
    try {
      return Pattern.compile(regex).matcher(String.valueOf(example)).matches()
          ? null
          : "the example '"
              + Failure.brief(String.valueOf(example))
              + "' does not match its pattern '"
              + Failure.brief(regex)
              + "'";
    } catch (PatternSyntaxException malformed) {
      return "the pattern '" + Failure.brief(regex) + "' is malformed";
    }
  }

  private static String escaped(String literal) {
    return SPECIAL.matcher(literal).replaceAll("\\\\$0");
  }
}
