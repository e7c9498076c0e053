package dev.codicil.contract;

/**
 * A concrete HTTP reply.
 *
 * @param status three digits
 * @param headers without hop-by-hop headers
 * @param body empty when there is none
 */
public record HttpReply(int status, Headers headers, Payload body) {

  /** The hundreds digit: 2 for success. */
  public int statusClass() {
    return status / 100;
  }
}
