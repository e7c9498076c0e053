package dev.codicil.contract;

import java.util.List;
import java.util.Optional;

/**
 * Decides whether an actual reply honors an interaction. Pure: the same messages give the same
 * mismatches in the same order. Implementations are judged on unredacted messages and must not keep
 * them.
 */
public interface Expectation {

  /**
   * Holds a reply to what the interaction promises.
   *
   * @param request what was sent
   * @param reply what came back
   * @return empty when the interaction is honored
   */
  List<Mismatch> check(HttpRequest request, HttpReply reply);

  /**
   * Whether the reply is an error (4xx or 5xx) that the contract declares for this operation, and
   * has the declared form. Distinguishes a clean refusal from a failure.
   */
  boolean declaresError(HttpRequest request, HttpReply reply);

  /**
   * Holds a request to what the interaction accepts: its parameters, headers and body. Whether
   * method and path are those of the interaction is for the caller to know, and credentials are not
   * looked at.
   *
   * @param request what would be sent
   * @return the mismatches; empty when the format of this contract validates no requests
   */
  default Optional<List<Mismatch>> checkRequest(HttpRequest request) {
    return Optional.empty();
  }
}
