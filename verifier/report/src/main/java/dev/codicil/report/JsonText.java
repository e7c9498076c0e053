package dev.codicil.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.codicil.contract.Json;
import java.io.UncheckedIOException;

/** JSON as it is written for programs: ASCII only, and no command to the CI that logs it. */
final class JsonText {
  private static final ObjectWriter LINE =
      Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
  private static final ObjectWriter PRETTY =
      LINE.with(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                      .withObjectEmptySeparator("")
                      .withArrayEmptySeparator(""))
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private JsonText() {}

  /** Indented, with a line break at its end. */
  static String pretty(JsonNode node) {
    return write(PRETTY, node) + "\n";
  }

  /** On one line, without a line break. */
  static String line(JsonNode node) {
    return write(LINE, node);
  }

  private static String write(ObjectWriter writer, JsonNode node) {
    try {
      return writer.writeValueAsString(node).replace("##[", "#\\u0023[");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
