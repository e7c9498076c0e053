package dev.codicil.contract;

/** Reads one kind of contract document. Formats are recognized by content, not by file name. */
public interface ContractFormat {

  /** Short stable id, such as {@code pact}. */
  String id();

  /** Whether this format claims the document; cheap, and never throws. */
  boolean recognizes(SourceDocument document);

  /**
   * Reads a claimed document whole. Every interaction in the file is in the model, or named among
   * the problems.
   *
   * @param document a document this format claimed
   * @param source the set it came from, for references to other files
   * @throws InputException when the document cannot be read at all
   */
  Reading read(SourceDocument document, Source source);

  /**
   * What reading gave.
   *
   * @param contract the model
   * @param problems what was found and not understood; each makes what depends on it inconclusive
   */
  record Reading(Contract contract, java.util.List<Problem> problems) {
    public Reading {
      problems = java.util.List.copyOf(problems);
    }
  }

  /**
   * Something in a document that was not understood.
   *
   * @param location where
   * @param message what, and what was expected
   */
  record Problem(Location location, String message) {}
}
