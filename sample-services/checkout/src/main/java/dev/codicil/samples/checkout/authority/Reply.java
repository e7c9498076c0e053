package dev.codicil.samples.checkout.authority;

import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A reply of the authority, believed only as far as it keeps the contract. */
final class Reply {

  private final JsonNode json;

  private Reply(JsonNode json) {
    this.json = json;
  }

  /** Takes a reply that has to have this status; a declared refusal is thrown as such. */
  static Reply of(HttpResponse<byte[]> reply, int expected, JsonMapper mapper) {
    int status = reply.statusCode();
    if (status == expected) {
      return new Reply(parse(reply, "application/json", mapper));
    }
    throw refusal(reply, mapper);
  }

  /** Takes a reply that has to be empty, with this status. */
  static void empty(HttpResponse<byte[]> reply, int expected, JsonMapper mapper) {
    if (reply.statusCode() != expected) {
      throw refusal(reply, mapper);
    }
  }

  String text(String field) {
    JsonNode value = json.path(field);
    if (!value.isString()) {
      throw broken(field + " is not a string", null);
    }
    return value.stringValue();
  }

  /** Reads a string that can only be this, so that another one's answer is not taken for ours. */
  String text(String field, String expected) {
    String value = text(field);
    if (!value.equals(expected)) {
      throw broken(field + " is not what was asked for", null);
    }
    return value;
  }

  Instant instant(String field) {
    try {
      return OffsetDateTime.parse(text(field)).toInstant();
    } catch (DateTimeException e) {
      throw broken(field + " is not a date-time", e);
    }
  }

  <E extends Enum<E>> E oneOf(String field, Class<E> values) {
    String text = text(field);
    for (E value : values.getEnumConstants()) {
      if (text.equals(value.name().toLowerCase(Locale.ROOT))) {
        return value;
      }
    }
    throw broken(field + " is unknown", null);
  }

  private static RuntimeException refusal(HttpResponse<byte[]> reply, JsonMapper mapper) {
    int status = reply.statusCode();
    if (status >= 500 || status < 400) {
      return broken("status " + status, null);
    }
    // A bare 404 may come from anybody on the way; only a problem that says so is the authority's.
    JsonNode problem = parse(reply, "application/problem+json", mapper);
    if (problem.path("status").asInt(0) != status) {
      return broken("a status of two minds", null);
    }
    return new AuthorityRefused(status);
  }

  private static JsonNode parse(HttpResponse<byte[]> reply, String mediaType, JsonMapper mapper) {
    String type = reply.headers().firstValue("Content-Type").orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase(mediaType)) {
      throw broken("not " + mediaType, null);
    }
    try {
      JsonNode json = mapper.readTree(reply.body());
      if (!json.isObject()) {
        throw broken("not a JSON object", null);
      }
      return json;
    } catch (JacksonException e) {
      throw broken("not JSON", e);
    }
  }

  private static AuthorityUnavailable broken(String what, @Nullable Throwable cause) {
    return new AuthorityUnavailable("the authority's answer breaks its contract: " + what, cause);
  }
}
