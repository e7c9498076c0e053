package dev.codicil.verdict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Figures as people read them: rounded, with a comma at every thousand. */
public final class Figures {
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Figures() {}

  /**
   * Three significant digits: {@code 12416} is {@code 12,400}, {@code 0.12345} is {@code 0.123}.
   */
  public static String about(BigDecimal amount) {
    return plain(amount.round(THREE_DIGITS));
  }

  /** Every digit there is, without zeros at the end: {@code 48.50} is {@code 48.5}. */
  public static String plain(BigDecimal amount) {
    String text = exact(amount);
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    boolean negative = whole.startsWith("-");
    StringBuilder grouped = new StringBuilder(negative ? whole.substring(1) : whole);
    for (int at = grouped.length() - 3; at > 0; at -= 3) {
      grouped.insert(at, ',');
    }
    return (negative ? "-" : "") + grouped + (point < 0 ? "" : text.substring(point));
  }

  /** The same for programs, which want no commas. */
  public static String exact(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }

  /** A share as a percentage: {@code 0.08} is {@code 8 %}. */
  public static String percent(BigDecimal share) {
    return String.format(Locale.ROOT, "%s %%", about(share.multiply(HUNDRED)));
  }
}
