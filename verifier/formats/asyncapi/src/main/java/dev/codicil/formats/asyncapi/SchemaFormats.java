package dev.codicil.formats.asyncapi;

import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.MediaTypes;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The languages a payload may be described in, and which of them are read. */
final class SchemaFormats {
  private static final Set<String> READ =
      Set.of(
          "application/vnd.aai.asyncapi",
          "application/vnd.aai.asyncapi+json",
          "application/vnd.aai.asyncapi+yaml",
          "application/schema+json",
          "application/schema+yaml");
  private static final Map<String, String> KNOWN =
      Map.of(
          "avro", "Avro",
          "protobuf", "Protobuf",
          "raml", "RAML",
          "openapi", "an OpenAPI schema");
  private static final Pattern JSON_SCHEMA_VERSION =
      Pattern.compile("(?:draft-0?[467]|(?:draft/)?(?:2019-09|2020-12))");

  private SchemaFormats() {}

  /** Why schemas of a format are not understood; null when they are. */
  static @Nullable String unread(String schemaFormat) {
    String bare = MediaTypes.bare(schemaFormat);
    if (!READ.contains(bare)) {
      for (Map.Entry<String, String> known : KNOWN.entrySet()) {
        if (bare.contains(known.getKey())) {
          return "described in " + known.getValue() + ", which is not yet read";
        }
      }
      return "described in " + Documents.quoted(schemaFormat) + ", which is not yet read";
    }
    int version = schemaFormat.indexOf("version=");
    if (bare.startsWith("application/schema") && version >= 0) {
      String named = schemaFormat.substring(version + "version=".length()).strip();
      if (!JSON_SCHEMA_VERSION.matcher(named).matches()) {
        return "described in JSON Schema " + Documents.quoted(named) + ", which is not yet read";
      }
    }
    return null;
  }
}
