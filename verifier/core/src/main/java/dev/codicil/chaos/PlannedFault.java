package dev.codicil.chaos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A fault with everything decided: where, on which message, with which parameters.
 *
 * @param fault id of the fault
 * @param edge id of the edge, {@code FROM->TO} by subject and upstream name
 * @param stream request or reply
 * @param parameters validated, defaults filled in
 * @param conditions which exchanges it strikes; {@link Conditions#NONE} for all
 */
public record PlannedFault(
    String fault, String edge, Stream stream, Parameters parameters, Conditions conditions) {

  /** A fault that strikes every exchange. */
  public PlannedFault(String fault, String edge, Stream stream, Parameters parameters) {
    this(fault, edge, stream, parameters, Conditions.NONE);
  }

  @JsonCreator
  static PlannedFault read(
      @JsonProperty("fault") String fault,
      @JsonProperty("edge") String edge,
      @JsonProperty("stream") Stream stream,
      @JsonProperty("parameters") Parameters parameters,
      @JsonProperty("conditions") @Nullable Conditions conditions) {
    return new PlannedFault(
        fault, edge, stream, parameters, conditions == null ? Conditions.NONE : conditions);
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
    if (!parameters.values().isEmpty()) {
      text.append(parameters.values().toString().replace('{', '(').replace('}', ')'));
    }
    text.append(" on ").append(edge).append(stream == Stream.UPSTREAM ? ", request" : ", reply");
    return conditions.strikesAll() ? text.toString() : text + "; " + conditions.label();
  }
}
