package dev.codicil.expressions;

import java.math.BigDecimal;
import java.util.List;

/** The one function that invoices need and CEL has not. */
final class Sums {
  private Sums() {}

  /**
   * The sum of numbers, added as the decimals they are written as, so that ten times 0.1 is 1.
   *
   * @return an integer when it is a whole number of 64 bits, else a double
   * @throws NotANumber when something in the list is no number
   */
  static Object of(List<?> numbers) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object one : numbers) {
      if (one instanceof Long || one instanceof Integer) {
        sum = sum.add(BigDecimal.valueOf(((Number) one).longValue()));
      } else if (one instanceof Double number && Double.isFinite(number)) {
        sum = sum.add(BigDecimal.valueOf(number));
      } else {
        throw new NotANumber();
      }
    }
    try {
      return sum.longValueExact();
    } catch (ArithmeticException fraction) {
      return sum.doubleValue();
    }
  }
}
