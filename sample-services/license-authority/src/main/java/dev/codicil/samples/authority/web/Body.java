package dev.codicil.samples.authority.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON request body, read strictly: what is declared a string is no number, and no null. */
public final class Body {

  private final JsonNode json;

  private Body(JsonNode json) {
    this.json = json;
  }

  /**
   * Takes a body.
   *
   * @throws Problem when it is not an object
   */
  public static Body of(JsonNode json) {
    if (!json.isObject()) {
      throw Problem.badRequest("the body must be a JSON object");
    }
    return new Body(json);
  }

  /** Returns a required string. */
  public String text(String field) {
    String value = optionalText(field);
    if (value == null) {
      throw Problem.badRequest(field + " is required");
    }
    return value;
  }

  /** Returns a string that may be absent, though not null. */
  public @Nullable String optionalText(String field) {
    JsonNode value = json.get(field);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      throw Problem.badRequest(field + " must be a string");
    }
    return value.stringValue();
  }

  /** Returns a required integer. */
  public int integer(String field) {
    JsonNode value = json.get(field);
    if (value == null) {
      throw Problem.badRequest(field + " is required");
    }
    // JSON knows one kind of number, so 12.0 is an integer too.
    if (!value.isNumber() || !value.canConvertToExactIntegral()) {
      throw Problem.badRequest(field + " must be an integer");
    }
    if (!value.canConvertToInt()) {
      throw Problem.unprocessable(field + " is out of range");
    }
    return value.asInt();
  }
}
