package dev.codicil.formats.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Credential;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads which credentials an operation asks for, by what they are and not by what they are called.
 */
final class SecurityReader {
  private final Place root;
  private final Documents documents;
  private final Problems problems;

  SecurityReader(Place root, Documents documents, Problems problems) {
    this.root = root;
    this.documents = documents;
    this.problems = problems;
  }

  /** The sets of credentials of which a request must carry one, of the operation or of all. */
  List<Set<Credential>> read(Place operation) {
    Place declared = operation.get("security");
    declared = declared == null ? root.get("security") : declared;
    List<Set<Credential>> ways = new ArrayList<>();
    if (declared != null) {
      for (Place way : declared.items()) {
        Set<Credential> needed = new LinkedHashSet<>();
        for (Map.Entry<String, Place> entry : way.fields()) {
          Set<String> scopes = new LinkedHashSet<>();
          entry.getValue().node().forEach(scope -> scopes.add(scope.asText()));
          needed.add(new Credential(kind(entry.getKey()), scopes));
        }
        ways.add(needed);
      }
    }
    return ways;
  }

  private String kind(String name) {
    Place components = root.get("components");
    Place schemes = components == null ? null : components.get("securitySchemes");
    Place scheme = schemes == null ? null : schemes.get(name);
    scheme = scheme == null ? null : problems.follow(documents, scheme);
    if (scheme == null) {
      return "undeclared " + name;
    }
    JsonNode node = scheme.node();
    String type = node.path("type").asText();
    return switch (type) {
      case "http" -> "http " + node.path("scheme").asText().toLowerCase(Locale.ROOT);
      case "apiKey" -> "apiKey in " + node.path("in").asText() + " " + node.path("name").asText();
      case "openIdConnect" -> "openIdConnect " + node.path("openIdConnectUrl").asText();
      default -> type;
    };
  }
}
