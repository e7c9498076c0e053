package dev.codicil.expressions;

/** Something was to be added that is no number. */
final class NotANumber extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotANumber() {
    super("sum of what is no number");
  }
}
