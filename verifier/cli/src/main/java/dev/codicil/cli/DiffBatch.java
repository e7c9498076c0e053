package dev.codicil.cli;

import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Compatibility;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.Documents;
import dev.codicil.report.DiffJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Compares many pairs in one process: lines {@code NAME<TAB>BASE<TAB>HEAD} in, one JSON object a
 * line out, each written as soon as it is known.
 */
final class DiffBatch {
  private static final String STANDARD_INPUT = "-";

  private final Documents documents;
  private final Compatibility mode;
  private final @Nullable Severity limit;
  private final PrintWriter out;

  private boolean unreadable;
  private boolean bug;
  private boolean reached;
  private boolean unread;

  /**
   * A batch that has not begun.
   *
   * @param limit the severity that fails it; null when none does
   */
  DiffBatch(Documents documents, Compatibility mode, @Nullable Severity limit, PrintWriter out) {
    this.documents = documents;
    this.mode = mode;
    this.limit = limit;
    this.out = out;
  }

  /**
   * Compares all pairs of a list.
   *
   * @param list a file, or {@code -} for the standard input
   * @return the exit code: a bug before unreadable pairs, those before a change that reaches the
   *     limit, and that before pairs that were not wholly read
   * @throws InputException when the list itself cannot be read
   */
  int run(String list) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(open(list), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String plain = number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
        if (!plain.isBlank() && !plain.startsWith("#")) {
          out.println(answer(plain, number));
          out.flush();
        }
      }
    } catch (IOException e) {
      throw new InputException(Location.of(list), "the list cannot be read", "check the file");
    }
    if (bug) {
      return ExitCode.SOFTWARE;
    }
    if (unreadable) {
      return ExitCode.DATA;
    }
    if (reached) {
      return ExitCode.FAIL;
    }
    return unread ? ExitCode.INCONCLUSIVE : ExitCode.PASS;
  }

  private static InputStream open(String list) throws IOException {
    if (list.equals(STANDARD_INPUT)) {
      return System.in;
    }
    try {
      Path path = Path.of(list);
      if (!Files.isReadable(path) || Files.isDirectory(path)) {
        throw new InputException(
            Location.of(list), "no such list of pairs", "name a file, or - for standard input");
      }
      return Files.newInputStream(path);
    } catch (InvalidPathException e) {
      throw new InputException(Location.of(list), "this is no path", "check the name");
    }
  }

  private String answer(String line, int number) {
    String[] parts = line.split("\t", -1);
    if (parts.length != 3 || parts[0].isBlank() || parts[1].isBlank() || parts[2].isBlank()) {
      unreadable = true;
      return DiffJson.error(
          parts[0].isBlank() || parts.length == 1 ? null : parts[0],
          number,
          "line "
              + number
              + ": expected NAME<TAB>BASE<TAB>HEAD, found "
              + parts.length
              + (parts.length == 1 ? " part" : " parts")
              + (parts.length == 3 ? ", one of them blank" : ""));
    }
    try {
      Comparison comparison = documents.pair(parts[1].strip(), parts[2].strip(), mode);
      reached |= limit != null && comparison.reaches(limit);
      unread |= !comparison.baseRead() || !comparison.headRead();
      unread |= !comparison.ledger().unread().isEmpty();
      return DiffJson.line(parts[0], comparison);
    } catch (InputException e) {
      unreadable = true;
      return DiffJson.error(parts[0], number, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // One pair must not cost the others their answer.
      bug = true;
      return DiffJson.error(parts[0], number, "a bug of ours: " + e);
    }
  }
}
