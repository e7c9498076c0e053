package dev.codicil.formats.pact;

import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.ProviderState;
import dev.codicil.contract.Response;
import java.util.ArrayList;
import java.util.List;

/** Reads one HTTP interaction. */
final class HttpReader {
  private final PactVersion version;
  private final Notes notes;

  HttpReader(PactVersion version, Notes notes) {
    this.version = version;
    this.notes = notes;
  }

  /**
   * Reads it.
   *
   * @throws dev.codicil.contract.InputException when it cannot be replayed or judged as written
   */
  HttpDraft read(Spot spot) {
    String description = spot.object().child("description").visibleText();
    List<ProviderState> states = States.of(spot);
    Spot request = spot.child("request").object();
    Spot response = spot.child("response").object();
    Rules asked = Rules.of(request, notes);
    Rules promised = Rules.of(response, notes);
    Generators.addTo(asked, request, true, notes);
    Generators.addTo(promised, response, false, notes);

    PactHeaders requestHeaders = PactHeaders.of(request);
    PactQuery query = PactQuery.of(request.child("query"));
    PactBody requestBody =
        PactBody.of(request.child("body"), requestHeaders.contentType(), version);
    String path = path(request.child("path"));
    HttpRequest concrete =
        new HttpRequest(
            method(request.child("method")),
            query.encoded().isEmpty() ? path : path + "?" + query.encoded(),
            requestHeaders.concrete(requestBody),
            requestBody.payload());
    List<Parameter> parameters = new ArrayList<>(query.parameters(asked));
    parameters.addAll(requestHeaders.parameters(asked));

    PactHeaders replyHeaders = PactHeaders.of(response);
    PactBody replyBody = PactBody.of(response.child("body"), replyHeaders.contentType(), version);
    if (replyBody.isMalformed()) {
      notes.add(replyBody.spot(), "the body is declared as JSON and is not; no reply can honor it");
    }
    PactStatus status = PactStatus.of(response, promised);
    return new HttpDraft(
        States.key(description, states),
        description,
        states,
        concrete,
        new HttpReply(status.example(), replyHeaders.concrete(replyBody), replyBody.payload()),
        parameters,
        requestBody.model(asked, true),
        new Response(
            status.text(),
            replyHeaders.parameters(promised),
            replyBody.model(promised, false),
            response.location()),
        new HttpDraft.PactReply(version, response.node(), replyBody.json() != null),
        spot);
  }

  private static String method(Spot spot) {
    if (spot.node().isMissingNode()) {
      return "GET";
    }
    String method = spot.text();
    if (!Texts.isToken(method)) {
      throw spot.fail("'" + Texts.brief(method) + "' is no HTTP method");
    }
    return method;
  }

  private static String path(Spot spot) {
    if (spot.node().isMissingNode()) {
      return "/";
    }
    String path = spot.text();
    if (!path.isEmpty() && !path.startsWith("/")) {
      throw spot.fail("the path '" + Texts.brief(path) + "' must begin with '/'");
    }
    return path.isEmpty() ? "/" : Texts.encodePath(path);
  }
}
