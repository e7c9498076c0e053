package dev.codicil.chaos.fault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The credential of a request is no good: missing or somebody else's on its way to the server,
 * which decides itself; or revoked or expired, which the proxy says in the server's place, because
 * the server would have to be told. What a credential is never reaches the log.
 */
final class CredentialFault implements Fault {
  private static final String STATE = "state";
  private static final String HEADER = "header";
  private static final String MISSING = "missing";
  private static final String SWAPPED = "swapped";
  private static final String REVOKED = "revoked";
  private static final String EXPIRED = "expired";
  private static final String AUTHORIZATION = "authorization";

  /** Where credentials travel when nobody says where; names that are in common use. */
  private static final List<String> USUAL =
      List.of(AUTHORIZATION, "x-api-key", "api-key", "apikey", "x-auth-token", "x-access-token");

  /** Schemes whose name may be told: registered ones. What else stands first may be the key. */
  private static final Set<String> SCHEMES = Set.of("basic", "bearer", "digest", "dpop", "hoba");

  private static final FaultCard CARD =
      new FaultCard(
          "credential",
          "A credential is no good",
          FaultCard.Layer.CREDENTIAL,
          Streams.REQUESTS_AND_REPLIES,
          false,
          true,
          FaultCard.Aim.MESSAGE,
          FaultCard.Fit.OUT_OF_CONTRACT,
          List.of(
              new FaultCard.Parameter(
                      STATE,
                      FaultCard.Type.TEXT,
                      MISSING,
                      "missing: the request goes on without it. swapped: it goes on with another one"
                          + " of the same scheme. revoked, expired: the reply is 401 with"
                          + " WWW-Authenticate, or 403 for an API key, in place of the server.")
                  .oneOf(MISSING, SWAPPED, REVOKED, EXPIRED),
              new FaultCard.Parameter(
                  HEADER,
                  FaultCard.Type.TEXT,
                  null,
                  "Which header carries it; without it, Authorization and the usual names of API"
                      + " keys.")),
          "A good service gets a new credential once and tries again, and otherwise tells its caller"
              + " that it cannot do this now; it neither retries without end nor blames its caller"
              + " with a 401 of its own. Asked without a good credential, it answers 401 or 403 and"
              + " does nothing.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    Headers sent = exchange.request().headers();
    List<String> carrying =
        parameters
            .text(HEADER)
            .map(header -> List.of(header.toLowerCase(Locale.ROOT)))
            .orElse(USUAL)
            .stream()
            .filter(header -> !sent.all(header).isEmpty())
            .toList();
    if (carrying.isEmpty()) {
      return Injection.Plan.none("the request carries no credential");
    }
    String state = parameters.require(STATE);
    String detail = state + ": " + String.join(", ", carrying);
    if (answered(state)) {
      return Injection.Plan.of(
          new Effect.Answer(refusal(state, scheme(sent), exchange.request().method())), detail);
    }
    Map<String, List<String>> changed = new TreeMap<>();
    for (String header : carrying) {
      changed.put(
          header,
          state.equals(MISSING)
              ? List.of()
              : List.of(other(sent.first(header).orElse(""), header, dice)));
    }
    return Injection.Plan.of(new Effect.SetHeaders(Headers.of(changed)), detail);
  }

  private static boolean answered(String state) {
    return state.equals(REVOKED) || state.equals(EXPIRED);
  }

  /** The scheme of Authorization; empty for an API key, or for what might be one. */
  private static String scheme(Headers sent) {
    String value = sent.first(AUTHORIZATION).orElse("");
    int blank = value.indexOf(' ');
    String first = blank < 0 ? "" : value.substring(0, blank);
    return SCHEMES.contains(first.toLowerCase(Locale.ROOT)) ? first : "";
  }

  /** A credential that is nobody's, with the scheme of the other. */
  private static String other(String value, String header, Dice dice) {
    String key =
        String.format(
            Locale.ROOT, "%016x%016x", dice.hash(header + "#high"), dice.hash(header + "#low"));
    String scheme = header.equals(AUTHORIZATION) ? scheme(Headers.of(header, value)) : "";
    return scheme.isEmpty() ? key : scheme + " " + key;
  }

  /** RFC 9110 section 15.5.2 and RFC 6750 section 3; there is no challenge for API keys. */
  private static HttpReply refusal(String state, String scheme, String method) {
    boolean challenged = !scheme.isEmpty();
    String challenge =
        scheme.equalsIgnoreCase("bearer")
            ? scheme
                + " error=\"invalid_token\", error_description=\"the access token "
                + (state.equals(EXPIRED) ? "expired" : "was revoked")
                + "\""
            : scheme + " realm=\"codicil\"";
    int status = challenged ? 401 : 403;
    Headers headers = Headers.of("content-type", "application/problem+json");
    if (challenged) {
      headers = headers.with("www-authenticate", challenge);
    }
    Payload problem =
        Payload.of(
            JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", challenged ? "Unauthorized" : "Forbidden")
                .put("status", status)
                .put("detail", "the credential is " + state));
    return new HttpReply(status, headers, method.equals("HEAD") ? Payload.EMPTY : problem);
  }

  @Override
  public Stream stream(Parameters parameters) {
    return strikes(parameters.text(STATE).orElse(MISSING));
  }

  /** The request decides: it carries the credential, and an answer comes in place of the server. */
  @Override
  public Stream plannedAt(Stream stream, Parameters parameters) {
    return Stream.UPSTREAM;
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    String state = parameters.require(STATE);
    if (stream == strikes(state)) {
      return Optional.empty();
    }
    return Optional.of(
        "'state: "
            + state
            + "' strikes the "
            + (stream == Stream.UPSTREAM
                ? "reply (stream: downstream)"
                : "request (stream: upstream)"));
  }

  private static Stream strikes(String state) {
    return answered(state) ? Stream.DOWNSTREAM : Stream.UPSTREAM;
  }
}
