package dev.codicil.formats.openapi;

import dev.codicil.contract.Response;
import dev.codicil.formats.jsonschema.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A declared response with what is needed to judge a reply by it.
 *
 * @param response the model
 * @param content by media type
 * @param headers declared headers other than {@code Content-Type}
 */
record ReplySpec(Response response, Map<String, ContentSpec> content, List<HeaderSpec> headers) {
  /**
   * @param name as declared
   * @param required whether it must be there
   * @param schema what its value must be; null when nothing is said
   */
  record HeaderSpec(String name, boolean required, @Nullable Place schema) {}
}
