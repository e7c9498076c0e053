package dev.codicil.samples.billing.event;

import dev.codicil.samples.billing.event.LicenseEvent.Kind;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes a license event of a message, or says why it is none. */
final class EventReader {
  private static final String ID = "eventId";

  private final JsonMapper mapper;

  EventReader(JsonMapper mapper) {
    this.mapper = mapper;
  }

  LicenseEvent read(ConsumerRecord<byte[], byte[]> message) {
    byte[] body = message.value();
    if (body == null || body.length == 0) {
      throw new UnreadableEvent("no body", null);
    }
    JsonNode json = parse(body);
    Kind kind = kind(text(json, "event"));
    String license = text(json, "license");
    byte[] key = message.key();
    if (key == null || !license.equals(new String(key, StandardCharsets.UTF_8))) {
      throw new UnreadableEvent("key and license contradict each other", null);
    }
    return new LicenseEvent(
        id(message),
        kind,
        license,
        instant(json, "at"),
        kind == Kind.ISSUED ? text(json, "holder") : null,
        kind == Kind.REVOKED ? null : instant(json, "expiresAt"));
  }

  private JsonNode parse(byte[] body) {
    try {
      JsonNode json = mapper.readTree(body);
      if (!json.isObject()) {
        throw new UnreadableEvent("not a JSON object", null);
      }
      return json;
    } catch (JacksonException e) {
      throw new UnreadableEvent("not JSON", e);
    }
  }

  private static String id(ConsumerRecord<byte[], byte[]> message) {
    @Nullable Header header = message.headers().lastHeader(ID);
    if (header == null || header.value() == null || header.value().length == 0) {
      throw new UnreadableEvent("no header " + ID, null);
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static Kind kind(String event) {
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(event)) {
        return kind;
      }
    }
    throw new UnreadableEvent("an unknown event", null);
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw new UnreadableEvent(field + " is not a string", null);
    }
    return value.stringValue();
  }

  private static Instant instant(JsonNode json, String field) {
    try {
      return OffsetDateTime.parse(text(json, field)).toInstant();
    } catch (DateTimeException e) {
      throw new UnreadableEvent(field + " is not a date-time", e);
    }
  }
}
