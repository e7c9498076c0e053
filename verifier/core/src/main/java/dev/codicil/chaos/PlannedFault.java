package dev.codicil.chaos;

/**
 * A fault with everything decided: where, on which message, with which parameters.
 *
 * @param fault id of the fault
 * @param edge id of the edge, {@code FROM->TO} by subject and upstream name
 * @param stream request or reply
 * @param parameters validated, defaults filled in
 */
public record PlannedFault(String fault, String edge, Stream stream, Parameters parameters) {

  /** The same fault with one parameter set. */
  public PlannedFault with(String parameter, String value) {
    return new PlannedFault(fault, edge, stream, parameters.with(parameter, value));
  }

  /** {@code drop-field(pointer=/validUntil) on checkout->license-authority, reply}, readable. */
  public String label() {
    StringBuilder text = new StringBuilder(fault);
    if (!parameters.values().isEmpty()) {
      text.append(parameters.values().toString().replace('{', '(').replace('}', ')'));
    }
    return text.append(" on ")
        .append(edge)
        .append(stream == Stream.UPSTREAM ? ", request" : ", reply")
        .toString();
  }
}
