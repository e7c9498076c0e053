package dev.codicil.report;

import java.util.function.ToIntFunction;

/** A text of whole blocks that never becomes longer than a limit: a block fits or is left out. */
final class BoundedText {
  private final StringBuilder out = new StringBuilder();
  private final ToIntFunction<String> measure;
  private int left;

  /**
   * @param limit how much the text may have
   * @param measure how much a block has
   */
  BoundedText(int limit, ToIntFunction<String> measure) {
    this.left = limit;
    this.measure = measure;
  }

  /** Adds a block if it fits while so much is left for what comes later; says whether it did. */
  boolean add(String block, int reserve) {
    int size = measure.applyAsInt(block);
    if (size > left - reserve) {
      return false;
    }
    left -= size;
    out.append(block);
    return true;
  }

  /** How much still fits. */
  int left() {
    return left;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
