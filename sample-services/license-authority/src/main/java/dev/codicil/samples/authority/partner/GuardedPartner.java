package dev.codicil.samples.authority.partner;

import dev.codicil.samples.authority.AuthoritySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the partner within a set time in all. What it cannot learn in that time, or cannot trust, it
 * takes from the last answer, and a holder never asked about counts as vouched for.
 */
@Component
public class GuardedPartner implements IdentityCheck {

  private static final Logger log = LoggerFactory.getLogger(GuardedPartner.class);
  private static final int REMEMBERED = 10_000;

  private final HttpClient client = Http.client();
  private final Map<String, Boolean> lastKnown = new ConcurrentHashMap<>();
  private final JsonMapper mapper;
  private final String partnerUrl;
  private final Duration patience;

  GuardedPartner(JsonMapper mapper, AuthoritySettings settings) {
    this.mapper = mapper;
    this.partnerUrl = settings.partnerUrl();
    this.patience = settings.partnerPatience();
  }

  @Override
  public boolean vouchedFor(String holder) {
    try {
      boolean vouched = ask(holder);
      if (lastKnown.size() < REMEMBERED) {
        lastKnown.put(holder, vouched);
      }
      return vouched;
    } catch (IOException | TimeoutException e) {
      log.warn("no answer of the partner, going by the last one: {}", e.toString());
      return lastKnown.getOrDefault(holder, true);
    }
  }

  /** Forgets what the partner said. */
  public void forget() {
    lastKnown.clear();
  }

  private boolean ask(String holder) throws IOException, TimeoutException {
    URI uri =
        URI.create(
            partnerUrl
                + "/identities/"
                + UriUtils.encodePathSegment(holder, StandardCharsets.UTF_8));
    HttpRequest request = HttpRequest.newBuilder(uri).header("Connection", "close").build();
    // The future bounds the whole exchange; a request timeout would stop at the headers and wait
    // for a trickling body for ever.
    CompletableFuture<HttpResponse<String>> reply =
        client.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      return read(holder, reply.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      reply.cancel(true);
    }
  }

  private boolean read(String holder, HttpResponse<String> reply) throws IOException {
    if (reply.statusCode() != 200) {
      throw new IOException("status " + reply.statusCode());
    }
    JsonNode identity;
    try {
      identity = mapper.readTree(reply.body());
    } catch (JacksonException e) {
      throw new IOException("not JSON", e);
    }
    if (!identity.path("holder").asString("").equals(holder)
        || !identity.path("vouched").isBoolean()) {
      throw new IOException("not an answer to what was asked");
    }
    return identity.path("vouched").booleanValue();
  }
}
