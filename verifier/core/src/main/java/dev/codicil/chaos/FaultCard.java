package dev.codicil.chaos;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader, a planner and a schema need to know of a fault.
 *
 * @param id kebab-case
 * @param title a few words
 * @param layer what it acts on
 * @param streams the directions in which it means something; the first is the default
 * @param needsBody whether the message must be buffered for it
 * @param content whether it changes what the message says (and so is judged only where real
 *     consumer code receives it)
 * @param targetsField whether it is planned once for every field
 * @param parameters what may be set, in order
 * @param goodService one sentence: what a good service does
 */
public record FaultCard(
    String id,
    String title,
    Layer layer,
    Set<Stream> streams,
    boolean needsBody,
    boolean content,
    boolean targetsField,
    List<Parameter> parameters,
    String goodService) {
  public FaultCard {
    streams = java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(streams));
    parameters = List.copyOf(parameters);
  }

  /** What a fault acts on. */
  public enum Layer {
    CONTRACT,
    HTTP,
    WIRE
  }

  /** Type of a parameter. */
  public enum Type {
    /** Go duration: {@code 250ms}, {@code 30s}. */
    DURATION,
    INTEGER,
    FRACTION,
    TEXT,
    /** JSON pointer into the body. */
    POINTER
  }

  /**
   * One parameter.
   *
   * @param name key in the profile
   * @param type how its value is written
   * @param defaultValue as written in a profile; null when it must be given or is drawn
   * @param description one sentence
   */
  public record Parameter(
      String name, Type type, @Nullable String defaultValue, String description) {}
}
