package dev.codicil.formats.scc;

import dev.codicil.formats.pact.Notes;
import dev.codicil.formats.pact.Spot;
import java.util.Arrays;
import java.util.TreeSet;

/** Notes keys that are not known: a misspelled matcher must not look like one that holds. */
final class Keys {
  private Keys() {}

  /** Checks an object; an absent one has no unknown keys. */
  static void check(Spot spot, Notes notes, String... known) {
    if (!spot.present()) {
      return;
    }
    TreeSet<String> expected = new TreeSet<>(Arrays.asList(known));
    spot.fields()
        .forEach(
            (name, value) -> {
              if (!expected.contains(name)) {
                notes.add(
                    value, "the key '" + brief(name) + "' is not known here; expected " + expected);
              }
            });
  }

  /** Short enough for one line. */
  static String brief(String text) {
    String line = text.replaceAll("[\\r\\n]", " ");
    return line.length() <= 120 ? line : line.substring(0, 120) + "...";
  }
}
