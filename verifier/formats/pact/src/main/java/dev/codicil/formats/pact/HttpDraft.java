package dev.codicil.formats.pact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Body;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.ProviderState;
import dev.codicil.contract.Response;
import java.util.List;

/** An HTTP interaction that has been read, before it knows the other ones of its pact. */
record HttpDraft(
    String key,
    String description,
    List<ProviderState> states,
    HttpRequest request,
    HttpReply reply,
    List<Parameter> parameters,
    Body requestBody,
    Response response,
    PactReply expected,
    Spot spot) {

  /**
   * What Pact JVM and the checks around it need of a reply.
   *
   * @param version of the specification
   * @param response the node of the pact
   * @param json whether a JSON body is expected
   */
  record PactReply(PactVersion version, JsonNode response, boolean json) {}

  boolean isError() {
    return reply.status() >= 400;
  }

  /** Same method and same concrete path. */
  String operation() {
    return request.method() + " " + request.path();
  }

  /**
   * The interaction.
   *
   * @param refusals the error replies that other interactions with this operation expect
   */
  HttpInteraction with(List<Refusal> refusals) {
    return new HttpInteraction(
        key,
        description,
        HttpInteraction.Style.BY_EXAMPLE,
        states,
        request.method(),
        request.path(),
        parameters,
        requestBody,
        List.of(response),
        List.of(new Exemplar(description, request, reply, false)),
        new PactExpectation(expected, refusals),
        spot.location());
  }

  /**
   * An error reply that the pact declares.
   *
   * @param status its status or class of status
   * @param mediaType its media type; empty when any will do
   */
  record Refusal(Response status, String mediaType) {
    boolean covers(HttpReply reply) {
      return reply.status() >= 400
          && status.covers(reply.status())
          && (mediaType.isEmpty() || mediaType.equals(reply.headers().mediaType()));
    }
  }

  Refusal refusal() {
    return new Refusal(response, reply.headers().mediaType());
  }
}
