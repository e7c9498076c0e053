package dev.codicil.formats.pact;

import dev.codicil.contract.InputException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the Pact specification a file says it follows.
 *
 * @param major 1 to 4
 */
record PactVersion(int major) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,4})(\\.[0-9]{1,6}){0,2}");

  /**
   * Reads it from the metadata, which three generations of tools spell in three ways. A file that
   * names none is read as version 2 or, when it holds messages, as version 3.
   *
   * @throws InputException when the version is none that is read; taking it for another one would
   *     judge by the wrong rules
   */
  static PactVersion of(Spot root) {
    Spot metadata = root.child("metadata");
    if (metadata.present()) {
      metadata.object();
      Spot flat = metadata.child("pactSpecificationVersion");
      if (flat.present()) {
        return parse(flat);
      }
      for (String spelling : List.of("pactSpecification", "pact-specification")) {
        Spot version = metadata.child(spelling);
        if (version.present()) {
          Spot number = version.object().child("version");
          if (number.present()) {
            return parse(number);
          }
        }
      }
    }
    return new PactVersion(root.child("messages").present() ? 3 : 2);
  }

  private static PactVersion parse(Spot version) {
    String text = version.scalarText();
    Matcher form = FORM.matcher(text);
    int major = form.matches() ? Integer.parseInt(form.group(1)) : 0;
    if (major < 1 || major > 4) {
      throw new InputException(
          version.location(),
          "Pact specification version '" + Texts.brief(text) + "' is not read; expected 1 to 4",
          "write the pact with a version up to 4.0");
    }
    return new PactVersion(major);
  }

  boolean isV4() {
    return major >= 4;
  }
}
