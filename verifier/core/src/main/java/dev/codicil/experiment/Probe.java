package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a real consumer service whose upstreams go through the proxy, with the declared
 * good, degraded and refused answers. Without a declared good one, what the base answers in calm is
 * the steady state that every other answer is held to.
 *
 * @param name unique in its subject
 * @param request ready to send
 * @param given provider states to set up first, by subject
 * @param held the answer when all is well; null when the base's answer in calm is to show it
 * @param degraded the declared fallback; null when none is declared
 * @param refused the declared clean refusal; null when none is declared
 * @param location where it was declared
 */
public record Probe(
    String name,
    HttpRequest request,
    Map<String, List<String>> given,
    @Nullable Answer held,
    @Nullable Answer degraded,
    @Nullable Answer refused,
    Location location) {
  public Probe {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  /**
   * A pattern of a reply.
   *
   * @param status exact status
   * @param body JSON that must be contained in the body; null when any will do
   */
  public record Answer(int status, @Nullable JsonNode body) {

    /** Whether status and body both fit. */
    public boolean matches(HttpReply reply) {
      return reply.status() == status && bodyMatches(reply);
    }

    /** Whether the body contains what is asked for. */
    public boolean bodyMatches(HttpReply reply) {
      return body == null
          || reply.body().json().map(actual -> contains(actual, body)).orElse(false);
    }

    private static boolean contains(JsonNode actual, JsonNode wanted) {
      if (!wanted.isObject()) {
        return actual.equals(wanted)
            || actual.isNumber()
                && wanted.isNumber()
                && actual.decimalValue().compareTo(wanted.decimalValue()) == 0;
      }
      for (Map.Entry<String, JsonNode> field : wanted.properties()) {
        JsonNode value = actual.get(field.getKey());
        if (value == null || !contains(value, field.getValue())) {
          return false;
        }
      }
      return true;
    }
  }
}
