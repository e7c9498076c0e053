package dev.codicil.contract;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One HTTP exchange a contract describes: by example (one concrete request and reply, Pact) or by
 * schema (one operation of a document, OpenAPI).
 *
 * @param key stable identity, see {@link Interaction#key()}
 * @param description what reviewers call it: the Pact description, or {@code METHOD /path}
 * @param style by example or by schema
 * @param states provider states to set up first
 * @param method in upper case
 * @param path concrete path, or a template with {@code {name}} segments
 * @param parameters path, query, header and cookie parameters of the request
 * @param requestBody what the request body may be
 * @param responses allowed replies; exactly one when by example
 * @param exemplars concrete requests to replay; may be empty when by schema (the planner then
 *     generates them)
 * @param expectation decides whether a reply honors this interaction
 * @param security credentials a request must carry: one of these sets, all of it; empty when none
 *     are asked for
 * @param location where it was read
 */
public record HttpInteraction(
    String key,
    String description,
    Style style,
    List<ProviderState> states,
    String method,
    String path,
    List<Parameter> parameters,
    Body requestBody,
    List<Response> responses,
    List<Exemplar> exemplars,
    Expectation expectation,
    List<Set<Credential>> security,
    Location location)
    implements Interaction {

  /** How an interaction describes messages, which decides how replies are judged. */
  public enum Style {
    BY_EXAMPLE,
    BY_SCHEMA
  }

  public HttpInteraction {
    states = List.copyOf(states);
    parameters = List.copyOf(parameters);
    responses = List.copyOf(responses);
    exemplars = List.copyOf(exemplars);
    security = security.stream().map(Set::copyOf).toList();
  }

  /** An interaction that asks for no credentials, or whose format does not say. */
  public HttpInteraction(
      String key,
      String description,
      Style style,
      List<ProviderState> states,
      String method,
      String path,
      List<Parameter> parameters,
      Body requestBody,
      List<Response> responses,
      List<Exemplar> exemplars,
      Expectation expectation,
      Location location) {
    this(
        key,
        description,
        style,
        states,
        method,
        path,
        parameters,
        requestBody,
        responses,
        exemplars,
        expectation,
        List.of(),
        location);
  }

  /** {@code METHOD path}, the operation this interaction belongs to. */
  public String operation() {
    return method + " " + path;
  }

  /** The most specific entry that covers a status: exact, then class, then default. */
  public Optional<Response> response(int status) {
    Optional<Response> best = Optional.empty();
    for (Response candidate : responses) {
      if (candidate.covers(status) && (best.isEmpty() || rank(candidate) < rank(best.get()))) {
        best = Optional.of(candidate);
      }
    }
    return best;
  }

  private static int rank(Response response) {
    return response.status().equals("default") ? 2 : response.status().endsWith("XX") ? 1 : 0;
  }
}
