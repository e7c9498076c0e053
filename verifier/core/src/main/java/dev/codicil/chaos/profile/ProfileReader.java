package dev.codicil.chaos.profile;

import dev.codicil.chaos.AbortRule;
import dev.codicil.chaos.BlastRadius;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.SourceDocument;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads chaos profiles, version 1. Strict: what it does not know, it refuses at its line. It
 * accepts what the schema of {@link ProfileSchema} accepts, and refuses contradictions that a
 * schema cannot express.
 */
public final class ProfileReader {
  /** The version of the format. */
  public static final int VERSION = 1;

  /** Most faults of one profile. */
  public static final int MAX_FAULTS = 1_000;

  static final String NAME_PATTERN = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
  static final int MAX_NAME = 64;
  static final int MAX_TITLE = 200;
  static final List<String> KEYS =
      List.of("version", "name", "title", "consumers", "edges", "exchanges", "abort", "faults");

  private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

  private ProfileReader() {}

  /**
   * Reads a profile.
   *
   * @return its entries with parameters as written, and with the stream filled in
   * @throws InputException at the first thing that is wrong, with what was expected
   */
  public static ChaosProfile read(SourceDocument document) {
    Node root = Node.root(document).object(KEYS);
    Node version = root.require("version", "start the file with 'version: " + VERSION + "'");
    if (version.number("the number " + VERSION).compareTo(BigDecimal.valueOf(VERSION)) != 0) {
      throw version.wrongType(
          "the number " + VERSION, "this release of Codicil reads version " + VERSION + " only");
    }
    Node name = root.require("name", "give the profile the name of its file");
    String text = name.text();
    if (text.length() > MAX_NAME || !NAME.matcher(text).matches()) {
      throw name.wrongType(
          "lower-case words joined by hyphens, such as slow-partner, of at most "
              + MAX_NAME
              + " characters",
          "");
    }
    String title = root.get("title").map(ProfileReader::title).orElse(text);
    BlastRadius radius = LimitsReader.radius(root);
    AbortRule abort = LimitsReader.abort(root);
    FaultsReader faults = FaultsReader.read(root);
    return new ChaosProfile(
        text,
        title,
        faults.entries(),
        faults.combinations(),
        radius,
        abort,
        Location.of(document.file()));
  }

  private static String title(Node node) {
    if (node.text().length() > MAX_TITLE) {
      throw node.wrongType("at most " + MAX_TITLE + " characters", "");
    }
    return node.text();
  }
}
