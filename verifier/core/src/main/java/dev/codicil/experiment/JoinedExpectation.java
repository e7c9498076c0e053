package dev.codicil.experiment;

import dev.codicil.contract.Expectation;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.PathTemplates;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a consumer's example asks for, with the errors that the provider's own document declares: an
 * example rarely lists them, and a consumer may still expect them.
 *
 * @param own judges the reply
 * @param operations of the provider's document
 */
record JoinedExpectation(Expectation own, List<HttpInteraction> operations) implements Expectation {
  JoinedExpectation {
    operations = List.copyOf(operations);
  }

  @Override
  public List<Mismatch> check(HttpRequest request, HttpReply reply) {
    return own.check(request, reply);
  }

  @Override
  public boolean declaresError(HttpRequest request, HttpReply reply) {
    return own.declaresError(request, reply)
        || operation(operations, request)
            .map(operation -> operation.expectation().declaresError(request, reply))
            .orElse(false);
  }

  /** The operation a request belongs to; the one with the fewest variables when several match. */
  static Optional<HttpInteraction> operation(
      List<HttpInteraction> operations, HttpRequest request) {
    return operations.stream()
        .filter(operation -> operation.method().equals(request.method()))
        .filter(operation -> PathTemplates.matches(operation.path(), request.path()))
        .min(Comparator.comparingLong(operation -> variables(operation.path())));
  }

  private static long variables(String path) {
    return path.chars().filter(c -> c == '{').count();
  }
}
