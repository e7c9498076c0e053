package dev.codicil.storm.run;

/** A container engine, an image or a container is not to be had. */
public final class ContainerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * @param message what is not to be had, and why
   * @param remedy what to do about it
   */
  public ContainerFailure(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** What is not to be had, and why. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
