package dev.codicil.amendment;

/** For whom a change is told. */
public enum Audience {
  /** Consumers written against the base, when the provider is that of the head. */
  EXISTING_CONSUMERS("existing-consumers", "existing consumers against the new provider"),
  /** Consumers written against the head, when the provider is still that of the base. */
  NEW_CONSUMERS("new-consumers", "new consumers against the old provider");

  private final String id;
  private final String told;

  Audience(String id, String told) {
    this.id = id;
    this.told = told;
  }

  /** As programs read it: {@code existing-consumers}. */
  public String id() {
    return id;
  }

  /** In a sentence: {@code existing consumers against the new provider}. */
  public String told() {
    return told;
  }
}
