package dev.codicil.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.Durations;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.SourceDocument;
import dev.codicil.engine.config.BrokerDeclaration.Access;
import dev.codicil.engine.config.BrokerDeclaration.Base;
import dev.codicil.engine.config.BrokerDeclaration.Reading;
import dev.codicil.pactbroker.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@code contracts} and {@code base} of {@code codicil.yaml} have of a Pact Broker. */
final class BrokerReader {
  private static final String CONTRACTS = "contracts";

  /** What the documentation of selectors advises to verify: what is coming, and what is out. */
  private static final List<Selector> USUAL =
      List.of(
          new Selector(Map.of("mainBranch", true)),
          new Selector(Map.of("deployedOrReleased", true)));

  private final SourceDocument document;
  private @Nullable String folder;
  private String folderAt = "/contracts";
  private @Nullable JsonNode broker;
  private String brokerAt = "/contracts";

  BrokerReader(SourceDocument document) {
    this.document = document;
    JsonNode node = document.root().path(CONTRACTS);
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        take(node.get(i), SourceDocument.child("/contracts", i));
      }
    } else {
      take(node, "/contracts");
    }
  }

  private void take(JsonNode node, String pointer) {
    boolean again = node.isTextual() ? folder != null : broker != null;
    if (again) {
      throw new InputException(
          document.locate(pointer),
          "contracts name " + (node.isTextual() ? "a second folder" : "a second broker"),
          "name one folder and one broker at most");
    }
    if (node.isTextual()) {
      folder = node.asText();
      folderAt = pointer;
    } else if (node.isObject()) {
      broker = node;
      brokerAt = pointer;
    }
  }

  /** The folder of contracts. */
  String folder() {
    String named = folder;
    return ConfigDocument.inside(document, folderAt, "", named == null ? CONTRACTS : named);
  }

  BrokerDeclaration declaration() {
    JsonNode own = broker;
    JsonNode before = document.root().path("base");
    Reading reading = own == null ? null : reading(own);
    Access access = own == null ? null : access(own, brokerAt, "broker");
    if (!before.isObject()) {
      return reading == null
          ? BrokerDeclaration.NONE
          : new BrokerDeclaration(access, reading, null);
    }
    if (before.has("url")) {
      if (access != null) {
        throw new InputException(
            document.locate("/base/url"),
            "contracts name a broker already",
            "take url and what belongs to it out of base; both are read of one broker");
      }
      access = access(before, "/base", "url");
    }
    if (access == null) {
      throw new InputException(
          document.locate("/base/broker"),
          "no broker is declared",
          "add 'url' beside it, or name one: contracts: [contracts/, { broker: https://HOST }]");
    }
    for (String key : List.of("auth", "insecure", "timeout")) {
      if (before.has(key) && !before.has("url")) {
        throw new InputException(
            document.locate(SourceDocument.child("/base", key)),
            "'" + key + "' belongs to a broker's url, which stands under contracts",
            "write it there");
      }
    }
    JsonNode selectors = before.path("broker");
    return new BrokerDeclaration(
        access,
        reading,
        new Base(
            selectors.isArray()
                ? selectors(selectors, "/base/broker")
                : List.of(selector(selectors, "/base/broker")),
            before.path("revision").asText(null),
            document.locate("/base")));
  }

  private Reading reading(JsonNode node) {
    List<String> providers = new ArrayList<>();
    node.path("providers").forEach(name -> providers.add(name.asText()));
    String branch = node.path("providerVersionBranch").asText(null);
    List<Selector> selectors =
        node.has("selectors") ? selectors(node.path("selectors"), brokerAt + "/selectors") : USUAL;
    String since = node.path("includeWipPactsSince").asText(null);
    boolean pending = node.path("includePendingStatus").asBoolean(since != null);
    if (since != null && !pending) {
      throw new InputException(
          document.locate(brokerAt + "/includeWipPactsSince"),
          "work in progress is always pending, and includePendingStatus is false",
          "take includePendingStatus out");
    }
    return new Reading(selectors, providers, branch, pending, since, document.locate(brokerAt));
  }

  private Access access(JsonNode node, String at, String key) {
    JsonNode auth = node.path("auth");
    secret(auth, "bearer", at);
    secret(auth, "basic", at);
    try {
      return new Access(
          node.path(key).asText(),
          auth.path("bearer").asText(null),
          auth.path("basic").asText(null),
          node.path("insecure").asBoolean(false),
          node.has("timeout") ? Durations.parse(node.path("timeout").asText()) : null,
          document.locate(SourceDocument.child(at, key)));
    } catch (IllegalArgumentException tooLong) {
      throw new InputException(
          document.locate(at + "/timeout"),
          String.valueOf(tooLong.getMessage()),
          "write a shorter one");
    }
  }

  /** What is in the file is in the repository, and no secret any more. */
  private void secret(JsonNode auth, String kind, String at) {
    if (auth.has(kind) && !auth.path(kind).asText().contains("${")) {
      Location location = document.locate(at + "/auth/" + kind);
      throw new InputException(
          location,
          "the credentials stand here themselves, for everybody to read",
          "put them into an environment variable, and write ${VARIABLE}");
    }
  }

  private List<Selector> selectors(JsonNode list, String pointer) {
    List<Selector> selectors = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      selectors.add(selector(list.get(i), SourceDocument.child(pointer, i)));
    }
    return selectors;
  }

  private Selector selector(JsonNode node, String pointer) {
    Map<String, Object> keys = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = entry.getValue();
      keys.put(entry.getKey(), value.isBoolean() ? (Object) value.asBoolean() : value.asText());
    }
    try {
      return new Selector(keys);
    } catch (IllegalArgumentException wrong) {
      throw new InputException(
          document.locate(pointer), String.valueOf(wrong.getMessage()), "see docs/broker.md");
    }
  }
}
