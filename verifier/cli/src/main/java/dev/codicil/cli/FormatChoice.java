package dev.codicil.cli;

import dev.codicil.report.Check;
import dev.codicil.report.Reporter;
import dev.codicil.report.Reporters;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A format that was asked for, as {@code FORMAT} or {@code FORMAT=FILE}.
 *
 * @param file where it is to be written; null when that was not said
 */
record FormatChoice(Reporter reporter, @Nullable Path file) {
  /**
   * Reads options.
   *
   * @param option its name, for errors
   */
  static List<FormatChoice> of(String option, List<String> words, Check check) {
    List<FormatChoice> choices = new ArrayList<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String id = equals < 0 ? word : word.substring(0, equals);
      String file = equals < 0 ? null : word.substring(equals + 1);
      if (file != null && file.isEmpty()) {
        throw new UsageException(option + " " + id + "=: name a file after '='");
      }
      Reporter reporter =
          Reporters.of(id, check)
              .orElseThrow(
                  () -> new UsageException(option + ": " + Reporters.ids() + ", not '" + id + "'"));
      choices.add(new FormatChoice(reporter, file == null ? null : path(option, file)));
    }
    return choices;
  }

  private static Path path(String option, String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new UsageException(option + ": not a file name: '" + file + "'");
    }
  }
}
