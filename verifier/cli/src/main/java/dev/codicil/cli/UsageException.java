package dev.codicil.cli;

/** Wrong usage that picocli cannot see. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message, null, false, false);
  }
}
