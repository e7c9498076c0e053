package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.HttpReply;
import dev.codicil.experiment.Fingerprints;
import dev.codicil.history.CellRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Digests of the values of a reply by {@link CellRecord#VALUE} and JSON pointer; items of an array
 * stand together under {@code *}, in whatever order they came; each object among them counts as a
 * whole as well. A body that is not JSON is one value.
 *
 * <p>What cannot be the same on two sides or at two times is told by its form alone: points in
 * time, UUIDs, loopback addresses with their ports. Secrets are all alike.
 */
final class ReplyValues {
  /** More values say nothing more about a reply, and would swell the history. */
  private static final int MOST = 1000;

  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:?\\d\\d)?"
              + "|[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern OWN_ADDRESS =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1\\]):\\d{1,5}");

  private final Map<String, List<String>> found = new TreeMap<>();
  private final Redactor redactor;

  private ReplyValues(Redactor redactor) {
    this.redactor = redactor;
  }

  static Map<String, String> of(HttpReply reply, Redactor redactor) {
    ReplyValues values = new ReplyValues(redactor);
    JsonNode body = reply.body().json().orElse(null);
    if (body != null) {
      values.walk("", body);
    } else if (!reply.body().isEmpty()) {
      values.put("", reply.body().utf8());
    }
    Map<String, String> digests = new TreeMap<>();
    values.found.forEach(
        (pointer, all) -> {
          all.sort(null);
          digests.put(CellRecord.VALUE + pointer, Fingerprints.of(all.toArray(String[]::new)));
        });
    return digests;
  }

  private void walk(String pointer, JsonNode node) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        walk(pointer + "/" + ReplyFields.escape(field.getKey()), field.getValue());
      }
    } else if (node.isArray()) {
      for (JsonNode item : node) {
        if (item.isObject()) {
          put(pointer + "/*", whole(item));
        }
        walk(pointer + "/*", item);
      }
    } else {
      put(pointer, node.asText());
    }
  }

  /** An item in one: which of its values belong together would else be seen nowhere. */
  private String whole(JsonNode item) {
    ReplyValues values = new ReplyValues(redactor);
    values.walk("", item);
    List<String> told = new ArrayList<>();
    values.found.forEach(
        (pointer, all) -> {
          all.sort(null);
          told.add(pointer + " " + all);
        });
    return String.join("\n", told);
  }

  private void put(String pointer, String text) {
    List<String> values = found.get(pointer);
    if (values == null) {
      if (found.size() >= MOST) {
        return;
      }
      values = new ArrayList<>();
      found.put(pointer, values);
    }
    if (values.size() < MOST) {
      values.add(told(text));
    }
  }

  private String told(String text) {
    if (redactor.finds(text)) {
      return "a secret";
    }
    String plain = UUID.matcher(TIME.matcher(text).replaceAll("time")).replaceAll("uuid");
    return OWN_ADDRESS.matcher(plain).replaceAll("$1:port");
  }
}
