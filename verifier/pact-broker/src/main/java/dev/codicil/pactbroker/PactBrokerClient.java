package dev.codicil.pactbroker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import dev.codicil.pactbroker.BrokerFailure.Kind;
import dev.codicil.pactbroker.BrokerHttp.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Speaks with a Pact Broker, from its index resource on by the links it gives. The API is that of
 * the broker's own documentation ({@code pact_broker/doc/views}).
 */
public final class PactBrokerClient {
  private static final String FOR_VERIFICATION = "provider-pacts-for-verification";
  private static final String ADDRESS = "check the address of the broker";

  private final BrokerAddress broker;
  private final Limits limits;
  private final BrokerHttp http;
  private final BrokerAnswers answers;
  private @Nullable HalDocument index;
  private int read;

  /** A client whose time runs from now on. */
  public PactBrokerClient(BrokerAddress broker, Limits limits) {
    this.broker = broker;
    this.limits = limits;
    this.http = new BrokerHttp(broker, limits);
    this.answers = new BrokerAnswers(broker, http, limits.retries());
  }

  /**
   * The pacts a provider is to be held to, in the broker's order.
   *
   * @return empty when the broker does not know the provider
   * @throws BrokerFailure when they cannot be had whole
   */
  public Optional<List<BrokerPact>> pactsForVerification(String provider, PactsQuery query)
      throws BrokerFailure {
    Map<String, String> names = Map.of("provider", provider);
    HalDocument start = index();
    HalDocument.Link link =
        start
            .link("pb:" + FOR_VERIFICATION)
            .or(() -> start.link("beta:" + FOR_VERIFICATION))
            .orElseThrow(
                () ->
                    new BrokerFailure(
                        Kind.REFUSED,
                        "the broker at "
                            + http.shown(broker.base())
                            + " does not offer pb:"
                            + FOR_VERIFICATION,
                        "it is too old, or the address is not its index; it needs 2.60 or newer"));
    URI next = resolve(start, link, names);
    String body = query.body().toString();
    Map<String, BrokerPact> pacts = new LinkedHashMap<>();
    Set<URI> seen = new HashSet<>();
    while (next != null) {
      if (!seen.add(next) || seen.size() > limits.pages()) {
        throw new BrokerFailure(
            Kind.REFUSED,
            "the list at " + http.shown(next) + " does not end: its 'next' leads back, or too far",
            "tell whoever keeps the broker");
      }
      Answer answer = post(next, body);
      if (answer.status() == 404 && pacts.isEmpty()) {
        return Optional.empty();
      }
      HalDocument list = answers.hal(answer);
      for (JsonNode entry : list.root().path("_embedded").path("pacts")) {
        if (++read > limits.pacts()) {
          throw new BrokerFailure(
              Kind.REFUSED,
              "the broker has more than " + limits.pacts() + " pacts for these selectors",
              "narrow the selectors");
        }
        BrokerPact pact = pact(provider, new HalDocument(list.at(), entry));
        pacts.putIfAbsent(pact.address(), pact);
      }
      Optional<HalDocument.Link> more = list.link("next");
      next = more.isEmpty() ? null : resolve(list, more.get(), names);
    }
    return Optional.of(List.copyOf(pacts.values()));
  }

  private BrokerPact pact(String provider, HalDocument entry) throws BrokerFailure {
    HalDocument.Link self =
        entry
            .link("self")
            .orElseThrow(
                () ->
                    new BrokerFailure(
                        Kind.REFUSED,
                        "a pact in the list at " + http.shown(entry.at()) + " has no link to it",
                        ADDRESS));
    HalDocument pact = answers.hal(http.ask(resolve(entry, self, Map.of()), null));
    JsonNode properties = entry.root().path("verificationProperties");
    List<BrokerPact.Notice> notices = new ArrayList<>();
    for (JsonNode notice : properties.path("notices")) {
      notices.add(
          new BrokerPact.Notice(
              notice.path("when").asText("before_verification"),
              http.redacted(notice.path("text").asText(""))));
    }
    Version version = version(pact);
    boolean wip = properties.path("wip").asBoolean(false);
    Optional<HalDocument.Link> publication = pact.link("pb:publish-verification-results");
    return new BrokerPact(
        pact.root().path("provider").path("name").asText(provider),
        pact.root().path("consumer").path("name").asText(""),
        version.number(),
        version.branch(),
        wip || properties.path("pending").asBoolean(false),
        wip,
        notices,
        resolve(entry, self, Map.of()).toString(),
        publication.isEmpty() ? null : resolve(pact, publication.get(), Map.of()).toString(),
        pact.root());
  }

  private record Version(String number, String branch) {}

  /** What consumer version it is of; that is told to people and nothing hangs on it. */
  private Version version(HalDocument pact) throws BrokerFailure {
    Optional<HalDocument.Link> link =
        pact.link("pb:consumer-version").or(() -> pact.link("pb:consumer-versions"));
    if (link.isEmpty()) {
      return new Version("", "");
    }
    URI uri = resolve(pact, link.get(), Map.of());
    if (!broker.owns(uri)) {
      return new Version(link.get().name(), "");
    }
    Answer answer = http.ask(uri, null);
    if (answer.status() != 200) {
      return new Version(link.get().name(), "");
    }
    JsonNode version = answers.hal(answer).root();
    String branch =
        version
            .path("_embedded")
            .path("branchVersions")
            .path(0)
            .path("name")
            .asText(version.path("branch").asText(""));
    return new Version(version.path("number").asText(link.get().name()), branch);
  }

  /** What became of a result that was to be published. */
  public enum Publication {
    /** It was posted and taken. */
    PUBLISHED,
    /** An earlier try was taken after all, or somebody has published just this before. */
    STANDS_ALREADY
  }

  /**
   * Publishes a result, once: not what is the latest result of the pact already. Where the broker
   * failed, or did not answer, the latest result of the pact is looked at before it is tried again;
   * where that cannot be seen, only what the broker itself says it failed is tried again.
   *
   * @param pact address of the pact
   * @param publication where its results are posted
   * @throws BrokerFailure when it is not published, or that is not known
   */
  public Publication publish(String pact, String publication, VerificationResult result)
      throws BrokerFailure {
    URI target = own(publication);
    URI address = own(pact);
    JsonNode body = result.body();
    if (stands(address, body) == Standing.YES) {
      return Publication.STANDS_ALREADY;
    }
    for (int attempt = 0; ; attempt++) {
      BrokerFailure failure;
      try {
        Answer answer = http.once(target, "POST", body.toString());
        if (!BrokerHttp.failed(answer.status())) {
          answers.accepted(answer);
          return Publication.PUBLISHED;
        }
        failure = answers.refusal(answer);
      } catch (BrokerFailure failed) {
        if (failed.kind() == Kind.REFUSED || failed.kind() == Kind.ABSENT) {
          throw failed;
        }
        failure = failed;
      }
      Standing standing = failure.kind() == Kind.UNREACHED ? Standing.NO : stands(address, body);
      if (standing == Standing.YES) {
        return Publication.STANDS_ALREADY;
      }
      if (standing == Standing.UNKNOWN && failure.kind() == Kind.UNANSWERED) {
        throw new BrokerFailure(
            Kind.UNANSWERED,
            failure.what()
                + "; whether it has taken the result is not known, so it is not sent"
                + " again",
            "look at the broker, and publish again when the result is not there");
      }
      if (attempt >= limits.retries()) {
        throw failure;
      }
      http.pause(attempt);
    }
  }

  private enum Standing {
    YES,
    NO,
    UNKNOWN
  }

  /** Whether the latest result of a pact is this one. */
  private Standing stands(URI pact, JsonNode body) {
    try {
      HalDocument document = answers.hal(http.ask(pact, null));
      Optional<HalDocument.Link> latest = document.link("pb:latest-verification-results");
      if (latest.isEmpty()) {
        return Standing.UNKNOWN;
      }
      Answer answer = http.ask(resolve(document, latest.get(), Map.of()), null);
      if (answer.status() == 404) {
        return Standing.NO;
      }
      JsonNode found = answers.hal(answer).root();
      for (String key : List.of("providerApplicationVersion", "success", "testResults")) {
        if (!found.path(key).equals(parsed(body).path(key))) {
          return Standing.NO;
        }
      }
      return found
              .path("verifiedBy")
              .path("implementation")
              .equals(body.path("verifiedBy").path("implementation"))
          ? Standing.YES
          : Standing.NO;
    } catch (BrokerFailure failed) {
      return Standing.UNKNOWN;
    }
  }

  /** As it would be read back, so that kinds of numbers do not differ. */
  private static JsonNode parsed(JsonNode body) {
    try {
      return Json.mapper().readTree(body.toString());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Tells the broker that a version is of a branch; to tell it twice changes nothing.
   *
   * @throws BrokerFailure when it does not know branches (before 2.82), or did not take it
   */
  public void putOnBranch(String pacticipant, String version, String branch) throws BrokerFailure {
    HalDocument start = index();
    HalDocument.Link link =
        start
            .link("pb:pacticipant-branch-version")
            .orElseThrow(
                () ->
                    new BrokerFailure(
                        Kind.REFUSED,
                        "the broker does not offer pb:pacticipant-branch-version",
                        "it needs 2.82 or newer for branches; publish without --branch"));
    URI uri =
        own(
            resolve(
                    start,
                    link,
                    Map.of("pacticipant", pacticipant, "version", version, "branch", branch))
                .toString());
    for (int attempt = 0; ; attempt++) {
      Answer answer = http.once(uri, "PUT", "{}");
      if (!BrokerHttp.failed(answer.status()) || attempt >= limits.retries()) {
        answers.accepted(answer);
        return;
      }
      http.pause(attempt);
    }
  }

  private HalDocument index() throws BrokerFailure {
    HalDocument known = index;
    if (known == null) {
      known = answers.hal(http.ask(broker.base(), null));
      index = known;
    }
    return known;
  }

  private Answer post(URI uri, String body) throws BrokerFailure {
    return http.ask(own(uri.toString()), body);
  }

  /** Nothing is sent to where a link leads out of the broker. */
  private URI own(String address) throws BrokerFailure {
    try {
      URI uri = URI.create(address);
      if (broker.owns(uri)) {
        return uri;
      }
      throw new BrokerFailure(
          Kind.REFUSED,
          "a link of the broker leads to " + http.shown(uri) + ", which is not the broker",
          "have the broker configured with its own base URL, or name that address");
    } catch (IllegalArgumentException malformed) {
      throw new BrokerFailure(Kind.REFUSED, "a link of the broker is no URL", ADDRESS);
    }
  }

  private URI resolve(HalDocument document, HalDocument.Link link, Map<String, String> values)
      throws BrokerFailure {
    try {
      return document.at().resolve(link.expanded(values));
    } catch (NoSuchElementException lacking) {
      throw new BrokerFailure(
          Kind.REFUSED,
          "a link at "
              + http.shown(document.at())
              + " asks for a value nobody knows: "
              + http.redacted(String.valueOf(lacking.getMessage())),
          ADDRESS);
    } catch (IllegalArgumentException malformed) {
      throw new BrokerFailure(
          Kind.REFUSED, "a link at " + http.shown(document.at()) + " is no URL", ADDRESS);
    }
  }
}
