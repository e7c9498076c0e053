package dev.codicil.contract;

import java.util.Locale;

/**
 * A concrete HTTP request.
 *
 * @param method in upper case
 * @param target origin-form: path and query, percent-encoded
 * @param headers without hop-by-hop headers, host and content length
 * @param body empty when there is none
 */
public record HttpRequest(String method, String target, Headers headers, Payload body) {

  public HttpRequest {
    method = method.toUpperCase(Locale.ROOT);
    if (!target.startsWith("/")) {
      throw new IllegalArgumentException("request target must start with '/': " + target);
    }
  }

  /** The target without its query. */
  public String path() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /** The query without its question mark; empty when there is none. */
  public String query() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }

  /** Whether RFC 9110 section 9.2.1 calls the method safe: repeating it changes nothing. */
  public boolean isSafe() {
    return method.equals("GET")
        || method.equals("HEAD")
        || method.equals("OPTIONS")
        || method.equals("TRACE");
  }
}
