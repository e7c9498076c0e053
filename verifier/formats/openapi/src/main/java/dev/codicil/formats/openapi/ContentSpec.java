package dev.codicil.formats.openapi;

import dev.codicil.contract.Shape;
import dev.codicil.formats.jsonschema.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one media type of a body says.
 *
 * @param schema the schema's place; null when the body has none
 * @param shape the same for the model
 * @param examples its examples
 */
record ContentSpec(@Nullable Place schema, Shape shape, Examples examples) {
  /** The shapes of several media types, in order. */
  static Map<String, Shape> shapes(Map<String, ContentSpec> content) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    content.forEach((mediaType, spec) -> shapes.put(mediaType, spec.shape()));
    return shapes;
  }
}
