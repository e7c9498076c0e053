package dev.codicil.formats.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.SourceDocument;
import java.util.regex.Pattern;

/** Who stands behind a document in which that is said by an extension, or by the file's name. */
public final class ProviderName {
  /** The extension that names the provider. */
  public static final String KEY = "x-codicil-provider";

  private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,8}$");

  private ProviderName() {}

  /**
   * The name that {@code holder} declares as {@value #KEY}, else the file's name without its
   * extension.
   *
   * @param holder the object the extension may stand in; may be a missing node
   */
  public static String of(SourceDocument document, JsonNode holder) {
    String declared = holder.path(KEY).asText().strip();
    return declared.isEmpty() ? fileName(document) : declared;
  }

  /** The file's name without folders and extension. */
  static String fileName(SourceDocument document) {
    String file = document.file();
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    String base = EXTENSION.matcher(name).replaceFirst("");
    return base.isEmpty() ? name : base;
  }
}
