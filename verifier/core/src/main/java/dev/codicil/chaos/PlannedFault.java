package dev.codicil.chaos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A fault with everything decided: where, on which message, with which parameters.
 *
 * @param fault id of the fault
 * @param edge id of the edge, {@code FROM->TO} by subject and upstream name
 * @param stream request or reply
 * @param parameters validated, defaults filled in
 * @param unnamed names of parameters that the label leaves out: those that have their default, and
 *     those that were derived from shapes and seed, which must not become part of an id
 * @param conditions which exchanges it strikes; {@link Conditions#NONE} for all
 */
public record PlannedFault(
    String fault,
    String edge,
    Stream stream,
    Parameters parameters,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> unnamed,
    Conditions conditions) {
  /** Faults that act on the world while an exchange passes the edge, and not on the edge. */
  private static final Set<String> AROUND = Set.of("hook", "zone-down");

  /** Faults on the node that is called rather than on a message. */
  private static final Set<String> NODE =
      Set.of("kill", "stop", "pause", "restart", "rolling-restart");

  /**
   * How ids of edges begin on which messages come through a broker: {@code topic NAME->SUBJECT}.
   */
  public static final String TOPIC = "topic ";

  public PlannedFault {
    unnamed = Collections.unmodifiableSet(new TreeSet<>(unnamed));
  }

  /** A fault whose label tells all parameters, and that strikes every exchange. */
  public PlannedFault(String fault, String edge, Stream stream, Parameters parameters) {
    this(fault, edge, stream, parameters, Set.of(), Conditions.NONE);
  }

  @JsonCreator
  static PlannedFault read(
      @JsonProperty("fault") String fault,
      @JsonProperty("edge") String edge,
      @JsonProperty("stream") Stream stream,
      @JsonProperty("parameters") Parameters parameters,
      @JsonProperty("unnamed") @Nullable Set<String> unnamed,
      @JsonProperty("conditions") @Nullable Conditions conditions) {
    return new PlannedFault(
        fault,
        edge,
        stream,
        parameters,
        unnamed == null ? Set.of() : unnamed,
        conditions == null ? Conditions.NONE : conditions);
  }

  /**
   * A fault whose label tells what was chosen, and that strikes every exchange.
   *
   * @param written parameters without defaults
   * @param derived names of those that nobody chose
   */
  public static PlannedFault of(
      FaultCard card, String edge, Stream stream, Parameters written, Set<String> derived) {
    Parameters complete = card.complete(written);
    Set<String> unnamed = new TreeSet<>(derived);
    complete
        .values()
        .forEach(
            (name, value) -> {
              if (card.isDefault(name, value)) {
                unnamed.add(name);
              }
            });
    return new PlannedFault(card.id(), edge, stream, complete, unnamed, Conditions.NONE);
  }

  /** The same fault, striking only some exchanges. */
  public PlannedFault when(Conditions some) {
    return new PlannedFault(fault, edge, stream, parameters, unnamed, some);
  }

  /** The same fault with one parameter set. */
  public PlannedFault with(String parameter, String value) {
    Set<String> stillUnnamed = new TreeSet<>(unnamed);
    stillUnnamed.remove(parameter);
    return new PlannedFault(
        fault, edge, stream, parameters.with(parameter, value), stillUnnamed, conditions);
  }

  /** {@link #conditions}, left out of histories where every exchange is struck. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonProperty("conditions")
  @Nullable Conditions written() {
    return conditions.strikesAll() ? null : conditions;
  }

  /**
   * {@code drop-field(pointer=/validUntil) on checkout->license-authority, reply}, readable. It
   * names the conditions only when there are some: ids of experiments are made from it.
   */
  public String label() {
    StringBuilder text = new StringBuilder(fault);
    String separator = "(";
    for (Map.Entry<String, String> parameter : parameters.values().entrySet()) {
      if (!unnamed.contains(parameter.getKey())) {
        text.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
        separator = ", ";
      }
    }
    text.append(separator.equals("(") ? "" : ")");
    if (AROUND.contains(fault)) {
      return text.append(" around ").append(edge).toString();
    }
    text.append(" on ").append(edge);
    if (edge.startsWith(TOPIC)) {
      return conditions.strikesAll() ? text.toString() : text + "; " + conditions.label();
    }
    if (!NODE.contains(fault)) {
      text.append(stream == Stream.UPSTREAM ? ", request" : ", reply");
    }
    return conditions.strikesAll() ? text.toString() : text + "; " + conditions.label();
  }
}
