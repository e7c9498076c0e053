package dev.codicil.chaos.profile;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The profiles that come with Codicil: those of the folder {@code chaos-profiles}, packaged. */
public final class BuiltInProfiles {
  private static final String FOLDER = "/chaos-profiles/";
  private static final List<String> NAMES =
      List.of(
          "field-loss",
          "slow-partner",
          "dirty-wire",
          "disorder",
          "outage",
          "contract-edges",
          "version-skew",
          "bad-framing",
          "slow-wire",
          "credentials",
          "late-reply",
          "failover",
          "broken-tls",
          "lost-names",
          "under-load",
          "node-loss",
          "nodes",
          "chaos-monkey",
          "messages");

  private BuiltInProfiles() {}

  /** Their names, in the order in which they are told about. */
  public static List<String> names() {
    return NAMES;
  }

  /** The text of a profile, comments included, to be shown or copied. */
  public static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /**
   * Reads one.
   *
   * @throws InputException when there is none of that name
   */
  public static ChaosProfile read(String name) {
    return ProfileReader.read(DocumentReader.read(file(name), bytes(name)));
  }

  private static String file(String name) {
    return "chaos-profiles/" + name + ".yaml";
  }

  private static byte[] bytes(String name) {
    if (!NAMES.contains(name)) {
      throw new InputException(
          Location.of("chaos-profiles"),
          "no built-in profile is called "
              + Node.quote(name)
              + "; expected one of "
              + String.join(", ", NAMES),
          Node.didYouMean(name, NAMES));
    }
    try (InputStream in = BuiltInProfiles.class.getResourceAsStream(FOLDER + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("the built-in profile " + name + " was not packaged");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
