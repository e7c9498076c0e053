package dev.codicil.pactbroker;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A resource with links (HAL, draft-kelly-json-hal).
 *
 * @param at where it was read, which relative links refer to
 * @param root its content
 */
record HalDocument(URI at, JsonNode root) {
  /**
   * A link.
   *
   * @param href as written; a template when the link says so, or has braces, as some say nothing
   * @param name of what it leads to; empty when it has none
   */
  record Link(String href, String name) {
    String expanded(Map<String, String> values) {
      return href.indexOf('{') >= 0 ? UriTemplates.expand(href, values) : href;
    }
  }

  /** Whether it has links at all, as every resource of the API has. */
  boolean isHal() {
    return root.isObject() && root.path("_links").isObject();
  }

  /** The first link of a relation, by its short name or, where it has a curie, its whole URI. */
  Optional<Link> link(String relation) {
    JsonNode links = root.path("_links");
    JsonNode found = links.path(relation);
    int colon = relation.indexOf(':');
    if (found.isMissingNode() && colon > 0) {
      for (JsonNode curie : links.path("curies")) {
        if (curie.path("name").asText().equals(relation.substring(0, colon))) {
          String whole =
              curie.path("href").asText().replace("{rel}", relation.substring(colon + 1));
          found = links.path(whole);
        }
      }
    }
    JsonNode first = found.isArray() ? found.path(0) : found;
    JsonNode href = first.path("href");
    return href.isTextual()
        ? Optional.of(new Link(href.asText(), first.path("name").asText("")))
        : Optional.empty();
  }
}
