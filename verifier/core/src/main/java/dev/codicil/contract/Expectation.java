package dev.codicil.contract;

import java.util.List;

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
}
