package dev.codicil.chaos;

import java.util.List;
import java.util.Optional;
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
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** JSON pointer into the body; {@code *} stands for every item of an array. */
    POINTER
  }

  /** The parameter of that name. */
  public Optional<Parameter> parameter(String name) {
    return parameters.stream().filter(parameter -> parameter.name().equals(name)).findFirst();
  }

  /** What was written, with the defaults of everything that was not. */
  public Parameters complete(Parameters written) {
    Parameters complete = written;
    for (Parameter parameter : parameters) {
      String byDefault = parameter.defaultValue();
      if (byDefault != null && written.text(parameter.name()).isEmpty()) {
        complete = complete.with(parameter.name(), byDefault);
      }
    }
    return complete;
  }

  /**
   * One parameter.
   *
   * @param name key in the profile
   * @param type how its value is written
   * @param defaultValue as written in a profile; null when it must be given or is drawn
   * @param description one sentence
   * @param required whether a profile must give it
   * @param least smallest integer allowed
   * @param most largest integer allowed
   * @param choices the texts allowed; empty for any
   */
  public record Parameter(
      String name,
      Type type,
      @Nullable String defaultValue,
      String description,
      boolean required,
      long least,
      long most,
      List<String> choices) {
    public Parameter {
      choices = List.copyOf(choices);
    }

    /** An optional parameter that may have any value of its type. */
    public Parameter(String name, Type type, @Nullable String defaultValue, String description) {
      this(name, type, defaultValue, description, false, Long.MIN_VALUE, Long.MAX_VALUE, List.of());
    }

    /** The same parameter, which a profile must give. */
    public Parameter mandatory() {
      return new Parameter(name, type, defaultValue, description, true, least, most, choices);
    }

    /** The same integer parameter, bounded on both sides. */
    public Parameter between(long smallest, long largest) {
      return new Parameter(
          name, type, defaultValue, description, required, smallest, largest, choices);
    }

    /** The same text parameter, limited to these values. */
    public Parameter oneOf(String... allowed) {
      return new Parameter(
          name, type, defaultValue, description, required, least, most, List.of(allowed));
    }
  }
}
