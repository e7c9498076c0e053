package dev.codicil.chaos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
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
 */
public record PlannedFault(
    String fault,
    String edge,
    Stream stream,
    Parameters parameters,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> unnamed) {
  @JsonCreator
  public PlannedFault(
      String fault,
      String edge,
      Stream stream,
      Parameters parameters,
      @Nullable Set<String> unnamed) {
    this.fault = fault;
    this.edge = edge;
    this.stream = stream;
    this.parameters = parameters;
    this.unnamed = unnamed == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(unnamed));
  }

  /** A fault whose label tells all parameters. */
  public PlannedFault(String fault, String edge, Stream stream, Parameters parameters) {
    this(fault, edge, stream, parameters, Set.of());
  }

  /**
   * A fault whose label tells what was chosen.
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
    return new PlannedFault(card.id(), edge, stream, complete, unnamed);
  }

  /** {@code drop-field(pointer=/validUntil) on checkout->license-authority, reply}, readable. */
  public String label() {
    StringBuilder text = new StringBuilder(fault);
    String separator = "(";
    for (Map.Entry<String, String> parameter : parameters.values().entrySet()) {
      if (!unnamed.contains(parameter.getKey())) {
        text.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
        separator = ", ";
      }
    }
    return text.append(separator.equals("(") ? "" : ")")
        .append(" on ")
        .append(edge)
        .append(stream == Stream.UPSTREAM ? ", request" : ", reply")
        .toString();
  }
}
