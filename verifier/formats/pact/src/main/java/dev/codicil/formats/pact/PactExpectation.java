package dev.codicil.formats.pact;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.codicil.contract.Expectation;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Json;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds replies to one interaction, by Pact JVM's matching. A reply that cannot be compared is a
 * mismatch, never a pass and never an exception.
 */
final class PactExpectation implements Expectation {
  private static final Rulings RULINGS = new Rulings();

  private final HttpDraft.PactReply expected;
  private final List<HttpDraft.Refusal> refusals;
  private volatile @Nullable String text;

  PactExpectation(HttpDraft.PactReply expected, List<HttpDraft.Refusal> refusals) {
    this.expected = expected;
    this.refusals = List.copyOf(refusals);
  }

  @Override
  public List<Mismatch> check(HttpRequest request, HttpReply reply) {
    List<Mismatch> known = RULINGS.find(this, reply);
    if (known == null) {
      known = compare(reply);
      RULINGS.keep(this, reply, known);
    }
    return known;
  }

  /** Depends on nothing but the interaction and the reply. */
  private List<Mismatch> compare(HttpReply reply) {
    String malformed = malformed(reply);
    if (malformed == null) {
      return PactJvm.mismatches(text(), expected.version(), reply);
    }
    // Pact JVM would throw, and for the deepest bodies overflow the stack.
    HttpReply rest = new HttpReply(reply.status(), reply.headers(), Payload.EMPTY);
    List<Mismatch> mismatches = new ArrayList<>();
    for (Mismatch mismatch : PactJvm.mismatches(text(), expected.version(), rest)) {
      if (!mismatch.path().startsWith("body")) {
        mismatches.add(mismatch);
      }
    }
    mismatches.add(new Mismatch("body", "well-formed JSON", malformed));
    return List.copyOf(mismatches);
  }

  @Override
  public boolean declaresError(HttpRequest request, HttpReply reply) {
    return refusals.stream().anyMatch(refusal -> refusal.covers(reply));
  }

  /** What is wrong with a body that Pact would read as JSON; null when nothing is. */
  private @Nullable String malformed(HttpReply reply) {
    String mediaType = reply.headers().mediaType();
    boolean readAsJson = mediaType.isEmpty() || MediaTypes.isJson(mediaType);
    if (!expected.json() || !readAsJson || reply.body().isEmpty()) {
      return null;
    }
    try {
      Json.mapper().readTree(reply.body().bytes());
      return null;
    } catch (JsonProcessingException notJson) {
      return Texts.brief(notJson.getOriginalMessage());
    } catch (IOException notText) {
      return Texts.brief("unreadable bytes: " + notText.getMessage());
    }
  }

  private String text() {
    String known = text;
    if (known == null) {
      known = expected.response().toString();
      text = known;
    }
    return known;
  }
}
