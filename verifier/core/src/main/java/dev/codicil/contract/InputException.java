package dev.codicil.contract;

/**
 * An input that cannot be used. Says what is wrong, where, what was expected and what to do, so
 * that a door can print it as one clear error without a stack trace.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Location location;
  private final String what;
  private final String remedy;

  /**
   * @param location where the input is unusable
   * @param what what is wrong and what was expected instead
   * @param remedy what the user can do about it; may be empty
   */
  public InputException(Location location, String what, String remedy) {
    super(
        location + ": " + what + (remedy.isEmpty() ? "" : " (" + remedy + ")"), null, false, true);
    this.location = location;
    this.what = what;
    this.remedy = remedy;
  }

  /** Where the input is unusable. */
  public Location location() {
    return location;
  }

  /** What is wrong, and what was expected. */
  public String what() {
    return what;
  }

  /** What to do about it; may be empty. */
  public String remedy() {
    return remedy;
  }
}
