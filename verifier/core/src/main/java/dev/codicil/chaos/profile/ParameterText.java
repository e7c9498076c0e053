package dev.codicil.chaos.profile;

import dev.codicil.chaos.Durations;
import dev.codicil.chaos.FaultCard;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The value of a parameter, checked against the fault's card and written as text. */
final class ParameterText {
  static final String POINTER_PATTERN = "(/([^~/]|~[01])*)+";
  static final String TEXT_PATTERN = "[ -~]+";
  static final int MAX_LENGTH = 500;

  /** Possessive, because a pointer may be long and a pattern must not recurse over it. */
  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]++|~[01])*+)++");

  /** Printable ASCII: texts go into headers and logs. */
  private static final Pattern TEXT = Pattern.compile(TEXT_PATTERN);

  private ParameterText() {}

  static String of(Node value, FaultCard.Parameter parameter) {
    return switch (parameter.type()) {
      case DURATION -> duration(value, parameter);
      case INTEGER -> integer(value, parameter);
      case FRACTION -> fraction(value, parameter);
      case BOOLEAN -> String.valueOf(value.flag());
      case POINTER -> pointer(value, parameter);
      case TEXT -> text(value, parameter);
    };
  }

  /** What may be written, as the rest of a sentence. */
  static String expected(FaultCard.Parameter parameter) {
    return switch (parameter.type()) {
      case DURATION -> "a duration with a unit, such as 250ms or 2s";
      case INTEGER -> "a whole number from " + parameter.least() + " to " + parameter.most();
      case FRACTION -> "a fraction from 0 to 1";
      case BOOLEAN -> "true or false";
      case POINTER ->
          "a JSON pointer, such as /items/*/id, of at most " + MAX_LENGTH + " characters";
      case TEXT ->
          parameter.choices().isEmpty()
              ? "1 to " + MAX_LENGTH + " printable ASCII characters"
              : "one of " + String.join(", ", parameter.choices());
    };
  }

  /** A value that would be accepted. */
  static String example(FaultCard.Parameter parameter) {
    String byDefault = parameter.defaultValue();
    if (byDefault != null) {
      return byDefault;
    }
    String example = parameter.example();
    if (example != null) {
      return example;
    }
    return switch (parameter.type()) {
      case DURATION -> "250ms";
      case INTEGER -> Long.toString(parameter.least());
      case FRACTION -> "0.5";
      case BOOLEAN -> "true";
      case POINTER -> "/id";
      case TEXT -> parameter.choices().isEmpty() ? "text" : parameter.choices().get(0);
    };
  }

  private static String duration(Node value, FaultCard.Parameter parameter) {
    if (value.value().isNumber()) {
      throw value.wrongType(
          expected(parameter),
          "add the unit: " + Node.shorten(value.value().decimalValue().toString()) + "ms");
    }
    if (!value.value().isTextual()) {
      throw value.wrongType(expected(parameter), "");
    }
    try {
      Durations.parse(value.text());
    } catch (IllegalArgumentException notOne) {
      throw value.wrongType(expected(parameter), "");
    }
    return value.text();
  }

  private static String integer(Node value, FaultCard.Parameter parameter) {
    BigDecimal number = value.number(expected(parameter));
    // The bounds come first: asking a number like 1e999999999 for its digits would not end.
    if (number.compareTo(BigDecimal.valueOf(parameter.least())) < 0
        || number.compareTo(BigDecimal.valueOf(parameter.most())) > 0
        || number.stripTrailingZeros().scale() > 0) {
      throw value.wrongType(expected(parameter), "");
    }
    return number.toBigInteger().toString();
  }

  private static String fraction(Node value, FaultCard.Parameter parameter) {
    BigDecimal number = value.number(expected(parameter));
    if (number.signum() < 0 || number.compareTo(BigDecimal.ONE) > 0) {
      throw value.wrongType(expected(parameter), "");
    }
    return number.toString();
  }

  private static String pointer(Node value, FaultCard.Parameter parameter) {
    if (!value.value().isTextual()
        || value.text().length() > MAX_LENGTH
        || !POINTER.matcher(value.text()).matches()) {
      throw value.wrongType(expected(parameter), "");
    }
    return value.text();
  }

  private static String text(Node value, FaultCard.Parameter parameter) {
    String text = value.text();
    if (!parameter.choices().isEmpty() && !parameter.choices().contains(text)) {
      throw value.wrongType(expected(parameter), Node.didYouMean(text, parameter.choices()));
    }
    if (text.length() > MAX_LENGTH || !TEXT.matcher(text).matches()) {
      throw value.wrongType(expected(parameter), "");
    }
    return text;
  }
}
