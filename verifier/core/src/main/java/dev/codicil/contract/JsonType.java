package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The types of JSON Schema. An integer is also a number. */
public enum JsonType {
  OBJECT,
  ARRAY,
  STRING,
  INTEGER,
  NUMBER,
  BOOLEAN,
  NULL;

  /** The type of a concrete value; numbers without a fraction are integers. */
  public static JsonType of(JsonNode node) {
    if (node.isObject()) {
      return OBJECT;
    }
    if (node.isArray()) {
      return ARRAY;
    }
    if (node.isTextual() || node.isBinary()) {
      return STRING;
    }
    if (node.isBoolean()) {
      return BOOLEAN;
    }
    if (node.isNumber()) {
      return node.isIntegralNumber() || node.decimalValue().stripTrailingZeros().scale() <= 0
          ? INTEGER
          : NUMBER;
    }
    return NULL;
  }

  /** The name JSON Schema gives it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
