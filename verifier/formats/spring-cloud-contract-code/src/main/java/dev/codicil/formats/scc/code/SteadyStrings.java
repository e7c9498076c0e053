package dev.codicil.formats.scc.code;

/** Stands for the {@code RandomStringUtils} of Commons Lang where Spring Cloud Contract uses it. */
public final class SteadyStrings {
  private static final String LETTERS_AND_DIGITS = "k7Qp2mXz9aT4wB6cR1vN8sLd";

  private SteadyStrings() {}

  /** Letters and digits. */
  public static String randomAlphanumeric(int count) {
    return random(count, LETTERS_AND_DIGITS);
  }

  /** Characters of a text, from its beginning to its end and over again. */
  public static String random(int count, String characters) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(characters.charAt(i % characters.length()));
    }
    return text.toString();
  }
}
