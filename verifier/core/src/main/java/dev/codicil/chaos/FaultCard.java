package dev.codicil.chaos;

import java.util.Collections;
import java.util.LinkedHashSet;
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
 * @param aim what it is planned once for
 * @param fit whether a message still keeps its contract afterwards
 * @param parameters what may be set, in order
 * @param goodService one sentence: what a good service does
 * @param onBytes whether it also strikes bytes of which nobody knows what they say
 */
public record FaultCard(
    String id,
    String title,
    Layer layer,
    Set<Stream> streams,
    boolean needsBody,
    boolean content,
    Aim aim,
    Fit fit,
    List<Parameter> parameters,
    String goodService,
    boolean onBytes) {
  public FaultCard {
    streams = Collections.unmodifiableSet(new LinkedHashSet<>(streams));
    parameters = List.copyOf(parameters);
  }

  /** A card of a fault that needs messages to strike. */
  public FaultCard(
      String id,
      String title,
      Layer layer,
      Set<Stream> streams,
      boolean needsBody,
      boolean content,
      Aim aim,
      Fit fit,
      List<Parameter> parameters,
      String goodService) {
    this(id, title, layer, streams, needsBody, content, aim, fit, parameters, goodService, false);
  }

  /**
   * A card whose aim and fit follow from the rest: any field or the whole message, and out of
   * contract when the content changes.
   */
  public FaultCard(
      String id,
      String title,
      Layer layer,
      Set<Stream> streams,
      boolean needsBody,
      boolean content,
      boolean targetsField,
      List<Parameter> parameters,
      String goodService) {
    this(
        id,
        title,
        layer,
        streams,
        needsBody,
        content,
        targetsField ? Aim.FIELD : Aim.MESSAGE,
        targetsField ? Fit.BY_TARGET : content ? Fit.OUT_OF_CONTRACT : Fit.UNTOUCHED,
        parameters,
        goodService);
  }

  /** The same card, of a fault that also strikes edges on which something else than HTTP passes. */
  public FaultCard alsoOnBytes() {
    return new FaultCard(
        id, title, layer, streams, needsBody, content, aim, fit, parameters, goodService, true);
  }

  /** Whether it is planned once for every place of the body that it fits. */
  public boolean targetsField() {
    return aim.inBody();
  }

  /** What a fault acts on. */
  public enum Layer {
    /** What a contract says about messages. */
    CONTRACT,
    /** Which version of a service answers. */
    AMENDMENT,
    /** HTTP's own rules. */
    HTTP,
    /** Bytes and connections. */
    WIRE,
    /** Who may ask. */
    CREDENTIAL,
    /** The machines that services run on. */
    NODE,
    /** What happens inside a service, which has to carry something that lets it happen. */
    APPLICATION,
    /** What stands around the services. */
    WORLD,
    /** Messages on their way through a broker. */
    BROKER
  }

  /** What a fault is planned once for. */
  public enum Aim {
    /** Every message of an edge. */
    MESSAGE(false),
    /** Every message of an edge whose provider is amended. */
    AMENDED_PROVIDER(false),
    /** Every new connection of an edge on which TLS is spoken. */
    TLS_EDGE(false),
    /** Every edge whose upstream the subject calls by a name. */
    NAMED_EDGE(false),
    /** Each place where only the amended document allows what a reply says. */
    AMENDED_REPLY(true),
    /** Every edge whose provider runs as processes of ours. */
    NODE(false),
    /** The same, around an exchange of the edge. */
    FLEET(false),
    /** Every edge whose caller runs as several nodes. */
    CALLER_NODE(false),
    /** Every edge whose provider carries a Chaos Monkey, around an exchange of the edge. */
    MONKEY(false),
    /** One zone of all that an interaction may reach. */
    ZONE(false),
    /** The world, once for each interaction. */
    WORLD(false),
    /** The messages of a sequence, on each topic that a subject listens to. */
    SEQUENCE(false),
    /** Each kind of status that no contract of the edge declares. */
    UNDECLARED_STATUS(false),
    /** Each header that a contract of the edge declares. */
    HEADER(false),
    /** Each field. */
    FIELD(true),
    /** Each field that may be left out. */
    OPTIONAL_FIELD(true),
    /** Each value that is one of a list. */
    ENUMERATION(true),
    /** Each array. */
    ARRAY(true),
    /** Each bound of a number. */
    NUMBER_BOUND(true),
    /** Each bound of a text's length. */
    LENGTH_BOUND(true),
    /** Each text with a pattern or a format. */
    TEXT_FORM(true),
    /** Each object. */
    OBJECT(true);

    private final boolean inBody;

    Aim(boolean inBody) {
      this.inBody = inBody;
    }

    /** Whether it is planned for edges one by one. */
    public boolean ofEdge() {
      return this != WORLD && this != ZONE && this != SEQUENCE;
    }

    /** Whether it is a place of the body, which a JSON pointer names. */
    public boolean inBody() {
      return inBody;
    }
  }

  /** Whether a message still keeps its contract when a fault has struck. */
  public enum Fit {
    /** What the message says stays as it is. */
    UNTOUCHED,
    /** The message is one that the contract allows; a good service survives it. */
    IN_CONTRACT,
    /** The message breaks the contract; a good service refuses it cleanly. */
    OUT_OF_CONTRACT,
    /** One of the last two, as the contract says about the place that is struck. */
    BY_TARGET
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

  /** Whether a value says the same as the parameter's default. */
  public boolean isDefault(String name, String value) {
    Parameter parameter = parameter(name).orElse(null);
    String byDefault = parameter == null ? null : parameter.defaultValue();
    if (parameter == null || byDefault == null) {
      return false;
    }
    return parameter.type() == Type.DURATION
        ? Durations.parse(byDefault).equals(Durations.parse(value))
        : byDefault.equals(value);
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
   * @param example a text that makes sense, for one that must be given; null for any
   */
  public record Parameter(
      String name,
      Type type,
      @Nullable String defaultValue,
      String description,
      boolean required,
      long least,
      long most,
      List<String> choices,
      @Nullable String example) {
    public Parameter {
      choices = List.copyOf(choices);
    }

    /** An optional parameter that may have any value of its type. */
    public Parameter(String name, Type type, @Nullable String defaultValue, String description) {
      this(
          name,
          type,
          defaultValue,
          description,
          false,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          List.of(),
          null);
    }

    /** The same parameter, which a profile must give. */
    public Parameter mandatory() {
      return new Parameter(
          name, type, defaultValue, description, true, least, most, choices, example);
    }

    /** The same integer parameter, bounded on both sides. */
    public Parameter between(long smallest, long largest) {
      return new Parameter(
          name, type, defaultValue, description, required, smallest, largest, choices, example);
    }

    /** The same text parameter, limited to these values. */
    public Parameter oneOf(String... allowed) {
      return new Parameter(
          name, type, defaultValue, description, required, least, most, List.of(allowed), example);
    }

    /** The same parameter, with a text that shows what it is for. */
    public Parameter such(String text) {
      return new Parameter(
          name, type, defaultValue, description, required, least, most, choices, text);
    }
  }
}
