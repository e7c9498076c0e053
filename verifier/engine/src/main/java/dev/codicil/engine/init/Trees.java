package dev.codicil.engine.init;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import java.nio.charset.StandardCharsets;

/** YAML and JSON files that are only looked at: what cannot be read says nothing. */
final class Trees {
  private Trees() {}

  /** The tree of a document; missing when it cannot be read, such as a template of a build. */
  static JsonNode of(String file, String text) {
    if (text.isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return DocumentReader.readAll(file, text.getBytes(StandardCharsets.UTF_8)).root();
    } catch (InputException unreadable) {
      return MissingNode.getInstance();
    }
  }
}
