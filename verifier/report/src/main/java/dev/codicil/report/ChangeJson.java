package dev.codicil.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Witness;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import org.jspecify.annotations.Nullable;

/** A change as every command writes it for programs: {@code change} in docs/diff.schema.json. */
final class ChangeJson {
  private ChangeJson() {}

  /** The change as a new object, to which a command may add what only it knows. */
  static ObjectNode of(Change change) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("rule", change.rule());
    node.put("severity", DiffWording.word(change.severity()));
    node.put("effect", DiffWording.word(change.effect()));
    node.put("direction", DiffWording.word(change.direction()));
    node.put("provider", change.provider());
    node.put("operation", change.operation());
    node.put("pointer", change.path());
    optional(node, "before", change.before());
    optional(node, "after", change.after());
    node.put("message", change.message());
    node.set("location", location(change.location()));
    ArrayNode affects = node.putArray("affects");
    change.touches().forEach(touch -> affects.add(touch(touch, change)));
    node.put("latent", change.touches().isEmpty());
    Witness witness = change.witness();
    if (witness != null) {
      node.set("witness", witness(witness));
    }
    optional(node, "witnessMissing", change.witnessMissing());
    return node;
  }

  private static ObjectNode touch(Change.Touch touch, Change change) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("consumer", touch.consumer());
    node.put("interaction", touch.description());
    node.put("key", touch.interaction());
    node.put("path", touch.path() == null ? change.path() : touch.path());
    Location location = touch.location();
    if (location != null) {
      node.set("location", location(location));
    }
    return node;
  }

  private static ObjectNode witness(Witness witness) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("kind", DiffWording.word(witness.kind()));
    node.put("pointer", witness.pointer());
    node.put("start", witness.start());
    node.set("headers", Json.mapper().valueToTree(witness.headers()));
    node.put("body", witness.body());
    node.put("validOn", DiffWording.word(witness.validOn()));
    node.put("rejectedOn", DiffWording.word(witness.rejectedOn()));
    node.set("mismatch", Json.mapper().valueToTree(witness.mismatch()));
    node.put("checkedBy", DiffWording.word(witness.checkedBy()));
    return node;
  }

  private static ObjectNode location(Location location) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("file", location.file());
    node.put("line", location.line());
    node.put("column", location.column());
    return node;
  }

  private static void optional(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}
