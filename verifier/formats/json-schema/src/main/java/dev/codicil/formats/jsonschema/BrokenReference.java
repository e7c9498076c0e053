package dev.codicil.formats.jsonschema;

/** A reference that leads nowhere, or nowhere it may lead. The message says why. */
public final class BrokenReference extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenReference(String message) {
    super(message, null, false, false);
  }
}
