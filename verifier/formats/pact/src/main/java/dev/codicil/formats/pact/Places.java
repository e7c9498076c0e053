package dev.codicil.formats.pact;

import dev.codicil.contract.Location;

/**
 * Where the nodes of a tree were written. A pact knows that itself; for a tree that was made from
 * another format the places are those of the document it was made from.
 */
@FunctionalInterface
public interface Places {

  /** The place of an RFC 6901 pointer, or of its nearest ancestor that has one. */
  Location locate(String pointer);
}
