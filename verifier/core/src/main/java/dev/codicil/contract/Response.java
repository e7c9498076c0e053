package dev.codicil.contract;

import java.util.List;

/**
 * A reply that an interaction allows.
 *
 * @param status three digits, a class such as {@code 4XX}, or {@code default}
 * @param headers declared reply headers
 * @param body declared reply body
 * @param location where it was declared
 */
public record Response(String status, List<Parameter> headers, Body body, Location location) {
  public Response {
    headers = List.copyOf(headers);
  }

  /**
   * Whether this entry covers a concrete status, itself or as its class; {@code default} covers
   * all.
   */
  public boolean covers(int actual) {
    return status.equals("default")
        || status.equals(Integer.toString(actual))
        || (status.length() == 3
            && status.endsWith("XX")
            && status.charAt(0) - '0' == actual / 100);
  }
}
