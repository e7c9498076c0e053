package dev.codicil.samples.checkout.web;

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

  /** Returns the stock keeping unit. */
  public String sku() {
    return matching("sku", text("sku"), "[A-Za-z0-9][A-Za-z0-9-]{0,31}");
  }

  /** Returns the number of the license. */
  public String license() {
    return license(text("license"));
  }

  /** Checks the number of a license. */
  public static String license(String number) {
    return matching("license", number, "[A-Za-z0-9-]{1,40}");
  }

  /** Returns who buys. */
  public String holder() {
    return matching("holder", text("holder"), "[A-Za-z0-9][A-Za-z0-9 .@_-]{0,63}");
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

  private String text(String field) {
    JsonNode value = json.get(field);
    if (value == null) {
      throw Problem.badRequest(field + " is required");
    }
    if (!value.isString()) {
      throw Problem.badRequest(field + " must be a string");
    }
    return value.stringValue();
  }

  private static String matching(String field, String value, String pattern) {
    if (!value.matches(pattern)) {
      throw Problem.badRequest(field + " must match ^" + pattern + "$");
    }
    return value;
  }
}
