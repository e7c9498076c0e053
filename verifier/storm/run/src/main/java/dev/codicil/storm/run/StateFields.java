package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.HttpReply;
import dev.codicil.experiment.Fingerprints;
import java.util.Map;
import java.util.TreeMap;

/** The values that a subject reports as its state, by JSON pointer, short and redacted. */
final class StateFields {
  private static final int MOST = 2000;
  private static final int LONGEST = 100;

  private final Map<String, String> found = new TreeMap<>();
  private final Redactor redactor;

  private StateFields(Redactor redactor) {
    this.redactor = redactor;
  }

  static Map<String, String> of(HttpReply reply, Redactor redactor) {
    StateFields fields = new StateFields(redactor);
    JsonNode body = reply.body().json().orElse(null);
    if (body != null) {
      fields.walk("", body);
    } else {
      fields.put("", reply.body().utf8());
    }
    return fields.found;
  }

  private void walk(String pointer, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        walk(pointer + "/" + ReplyFields.escape(field.getKey()), field.getValue());
      }
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        walk(pointer + "/" + i, node.get(i));
      }
    } else {
      put(pointer, node.isValueNode() ? node.asText() : node.toString());
    }
  }

  private void put(String pointer, String value) {
    if (found.size() < MOST) {
      found.put(
          redactor.text(pointer),
          value.length() > LONGEST
              ? "a text of " + value.length() + " characters, " + Fingerprints.of(value)
              : redactor.text(value));
    }
  }
}
