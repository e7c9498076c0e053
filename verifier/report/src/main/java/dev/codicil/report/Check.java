package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.contract.Location;
import dev.codicil.experiment.Fingerprints;
import dev.codicil.verdict.Finding;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As what a verification is known to a forge: one repository may hold several projects, each with a
 * check of its own, and a forge wants paths from the root of the repository.
 *
 * @param name tells the checks of one repository apart: letters and digits, with {@code . _ / -}
 *     between them; empty where there is only one
 * @param folder of the project below the root of the repository, with forward slashes; empty for
 *     the root itself
 */
public record Check(String name, String folder) {
  /** The only check of a repository, of a project at its root. */
  public static final Check ONLY = new Check("", "");

  private static final int LONGEST_NAME = 80;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+(?:[._/-][A-Za-z0-9]+)*");
  private static final Pattern POSITION =
      Pattern.compile("(.*?)(?::([0-9]{1,9}))?(?::([0-9]{1,9}))?", Pattern.DOTALL);

  /** Where findings are shown that belong to no line of any file: what they all come from. */
  private static final Location PROJECT = new Location("codicil.yaml", 1, 1, "");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it has other characters
   */
  public Check {
    if (!name.isEmpty() && (name.length() > LONGEST_NAME || !NAME.matcher(name).matches())) {
      throw new IllegalArgumentException(
          "the name of a check has up to "
              + LONGEST_NAME
              + " letters and digits, with one of . _ / - between them, not '"
              + name
              + "'");
    }
    if (folder.startsWith("/") || folder.endsWith("/")) {
      throw new IllegalArgumentException("a folder below the root, not '" + folder + "'");
    }
  }

  /** The check of a project in a folder, by the name of the folder. */
  public static Check in(String folder) {
    String name =
        folder
            .replaceAll("[^A-Za-z0-9._/-]", "")
            .replaceAll("[._/-]*([._/-])", "$1")
            .replaceAll("^[._/-]+|[._/-]+$", "");
    boolean itself = !name.isEmpty() && name.length() <= LONGEST_NAME;
    return new Check(itself || folder.isEmpty() ? name : Fingerprints.of(folder), folder);
  }

  /** The same project under another name. */
  public Check named(String other) {
    return new Check(other, folder);
  }

  /** Where a finding is shown; always a file and a line. */
  Location of(Finding finding) {
    return shown(parse(finding.location()));
  }

  /** Where a change is shown; always a file and a line. */
  Location of(Change change) {
    return shown(change.location());
  }

  /** Where is shown what belongs to no line of any file. */
  Location project() {
    return shown(PROJECT);
  }

  private Location shown(Location location) {
    Location known = location.file().isEmpty() ? PROJECT : location;
    return new Location(
        below(known.file()), Math.max(1, known.line()), known.column(), known.pointer());
  }

  /** A path from the root of the repository; one that is absolute stays what it is. */
  String below(String file) {
    return folder.isEmpty() || absolute(file) ? file : folder + "/" + file;
  }

  static boolean absolute(String file) {
    return file.startsWith("/") || file.matches("(?s)[A-Za-z]:[\\\\/].*");
  }

  /** The other way round of {@link Location#toString()}. */
  static Location parse(String text) {
    Matcher matcher = POSITION.matcher(text);
    if (!matcher.matches()) {
      return Location.of(text);
    }
    return new Location(matcher.group(1), number(matcher.group(2)), number(matcher.group(3)), "");
  }

  @SuppressWarnings("NullAway") // a group that did not take part is null
  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
