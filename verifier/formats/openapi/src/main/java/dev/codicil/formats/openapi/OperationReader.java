package dev.codicil.formats.openapi;

import dev.codicil.contract.Body;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import dev.codicil.formats.jsonschema.Constraints;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Judges;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads every operation of a document into an interaction. */
final class OperationReader {
  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final Pattern TEMPLATE = Pattern.compile("\\{([^{}/]*)\\}");

  private final Documents documents;
  private final Problems problems;
  private final PartReader parts;
  private final Judges judges;
  private final Place root;
  private final List<Interaction> interactions = new ArrayList<>();
  private final Map<String, Place> keys = new HashMap<>();

  OperationReader(
      Place root, Documents documents, Problems problems, PartReader parts, Judges judges) {
    this.root = root;
    this.documents = documents;
    this.problems = problems;
    this.parts = parts;
    this.judges = judges;
  }

  List<Interaction> read() {
    for (Map.Entry<String, Place> entry : root.fields("paths")) {
      String path = entry.getKey();
      if (path.startsWith("x-")) {
        continue;
      }
      if (!path.startsWith("/")) {
        problems.add(
            entry.getValue(),
            "expected a path that starts with '/', found " + Documents.quoted(path));
        continue;
      }
      pathItem(path, entry.getValue());
    }
    for (Map.Entry<String, Place> webhook : root.fields("webhooks")) {
      problems.add(
          webhook.getValue(),
          "the webhook " + Documents.quoted(webhook.getKey()) + " is not read yet");
    }
    return interactions;
  }

  private void pathItem(String path, Place declared) {
    List<Place> layers = new ArrayList<>();
    layers.add(declared);
    if (declared.ref() != null) {
      Place target = problems.follow(documents, declared);
      if (target != null) {
        layers.add(target);
      }
    }
    for (Place layer : layers) {
      if (!layer.node().isObject()) {
        problems.add(layer, "expected a path item (an object)");
      }
      for (String method : METHODS) {
        Place operation = layer.get(method);
        if (operation != null) {
          operation(path, method, layer, operation);
        }
      }
    }
  }

  private void operation(String path, String methodName, Place pathItem, Place operation) {
    String method = methodName.toUpperCase(Locale.ROOT);
    if (!operation.node().isObject()) {
      problems.add(operation, "expected an operation (an object)");
      return;
    }
    String full = basePath(pathItem, operation) + path;
    String key = method + " " + TEMPLATE.matcher(full).replaceAll("{}");
    Place first = keys.putIfAbsent(key, operation);
    if (first != null) {
      problems.add(
          operation,
          method
              + " "
              + Documents.quoted(full)
              + " is the same operation as the one at "
              + first.location()
              + ", and is not read: paths that differ in parameter names only are one path");
      return;
    }
    List<ParameterSpec> parameters = parameters(full, pathItem, operation);
    Place body = operation.get("requestBody");
    body = body == null ? null : problems.follow(documents, body);
    Map<String, ContentSpec> content = body == null ? Map.of() : parts.contents(body);
    List<ReplySpec> replies = parts.responses(operation);
    for (Map.Entry<String, Place> callback : operation.fields("callbacks")) {
      problems.add(
          callback.getValue(),
          "the callback " + Documents.quoted(callback.getKey()) + " is not read yet");
    }
    interactions.add(
        new HttpInteraction(
            key,
            method + " " + full,
            HttpInteraction.Style.BY_SCHEMA,
            List.of(),
            method,
            full,
            parameters.stream().map(ParameterSpec::parameter).toList(),
            body == null
                ? Body.none(operation.location())
                : new Body(body.flag("required"), ContentSpec.shapes(content), body.location()),
            replies.stream().map(ReplySpec::response).toList(),
            new Exemplars(method, full, parameters, body, content, replies).list(),
            new SchemaExpectation(replies, judges),
            operation.location()));
  }

  /** Those of the path, replaced and followed by those of the operation, and those only named. */
  private List<ParameterSpec> parameters(String path, Place pathItem, Place operation) {
    Map<String, ParameterSpec> byKey = new LinkedHashMap<>();
    for (Place level : List.of(pathItem, operation)) {
      for (Place declared : Constraints.items(level, "parameters")) {
        ParameterSpec parameter = parts.parameter(declared);
        if (parameter != null) {
          byKey.put(parameter.parameter().key(), parameter);
        }
      }
    }
    Matcher names = TEMPLATE.matcher(path);
    while (names.find()) {
      Parameter undeclared =
          new Parameter(
              Parameter.In.PATH,
              names.group(1),
              true,
              Shape.at(pathItem.location()).type(JsonType.STRING).build(),
              pathItem.location());
      byKey.putIfAbsent(
          undeclared.key(), new ParameterSpec(undeclared, "simple", false, Examples.NONE));
    }
    return List.copyOf(byKey.values());
  }

  private String basePath(Place pathItem, Place operation) {
    for (Place level : List.of(operation, pathItem, root)) {
      for (Place server : Constraints.items(level, "servers")) {
        return basePath(server);
      }
    }
    return "";
  }

  private String basePath(Place server) {
    String url = server.text("url");
    if (url == null) {
      problems.add(server, "expected a server with a 'url'");
      return "";
    }
    Matcher variables = TEMPLATE.matcher(url);
    StringBuilder filled = new StringBuilder();
    while (variables.find()) {
      String value = defaultOf(server, variables.group(1));
      if (value == null) {
        problems.add(server, "the server variable in " + Documents.quoted(url) + " has no default");
        return "";
      }
      variables.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    variables.appendTail(filled);
    return pathOf(filled.toString());
  }

  private static @Nullable String defaultOf(Place server, String variable) {
    Place variables = server.get("variables");
    Place declared = variables == null ? null : variables.get(variable);
    return declared == null || declared.get("default") == null
        ? null
        : declared.node().get("default").asText();
  }

  /** The path of a server's address, without a slash at its end. */
  private static String pathOf(String url) {
    String rest = url;
    int scheme = rest.indexOf("://");
    if (scheme >= 0 || rest.startsWith("//")) {
      int slash = rest.indexOf('/', scheme >= 0 ? scheme + 3 : 2);
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    int end = rest.length();
    for (char stop : new char[] {'?', '#'}) {
      int at = rest.indexOf(stop);
      end = at >= 0 && at < end ? at : end;
    }
    rest = rest.substring(0, end);
    rest = rest.startsWith("./") ? rest.substring(1) : rest;
    while (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    if (rest.isEmpty() || rest.equals(".")) {
      return "";
    }
    return rest.startsWith("/") ? rest : "/" + rest;
  }
}
