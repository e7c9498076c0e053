package dev.codicil.storm.run;

/**
 * What a fault did to the world could not be undone. Nothing more is run then: whatever came next
 * would be measured in a broken world.
 */
public final class RevertFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  RevertFailure(String what, String remedy) {
    super(what);
    this.remedy = remedy;
  }

  /** What a person has to do, in one sentence. */
  public String remedy() {
    return remedy;
  }
}
