package dev.codicil.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.SourceDocument;
import dev.codicil.verdict.Waiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code codicil-waivers.yaml}. */
public final class WaiverReader {
  /** The file's name, beside {@code codicil.yaml}. */
  public static final String FILE = "codicil-waivers.yaml";

  /** Most days a waiver may hold from today on. */
  public static final int MOST_DAYS = 400;

  private static final String SCHEMA = "/dev/codicil/engine/codicil-waivers.schema.json";
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{10}");

  private final SourceDocument document;
  private final LocalDate today;

  private WaiverReader(SourceDocument document, LocalDate today) {
    this.document = document;
    this.today = today;
  }

  /**
   * The waivers of a folder; none when it has no such file.
   *
   * @throws InputException with the line, when they cannot be used
   */
  public static List<Waiver> read(Path root, LocalDate today) {
    Path file = root.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return read(FILE, Files.readAllBytes(file), today);
    } catch (IOException e) {
      throw new InputException(
          Location.of(FILE), "cannot be read: " + e.getMessage(), "check its permissions");
    }
  }

  /** The waivers of a document; {@code file} is its name for messages. */
  static List<Waiver> read(String file, byte[] bytes, LocalDate today) {
    if (isBlank(bytes)) {
      return List.of();
    }
    SourceDocument document = ConfigDocument.read(file, bytes, SCHEMA);
    return new WaiverReader(document, today).waivers();
  }

  /** A file of comments alone, as it is after the last waiver was taken out. */
  private static boolean isBlank(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .allMatch(line -> line.isEmpty() || line.startsWith("#"));
  }

  private List<Waiver> waivers() {
    List<Waiver> waivers = new ArrayList<>();
    for (JsonNode entry : document.root()) {
      Waiver waiver = waiver(entry, SourceDocument.child("", waivers.size()));
      for (Waiver other : waivers) {
        boolean apart =
            waiver.amendment() != null
                && other.amendment() != null
                && !waiver.amendment().equals(other.amendment());
        if (other.fingerprint().equals(waiver.fingerprint()) && !apart) {
          throw new InputException(
              waiver.location(),
              "the fingerprint "
                  + waiver.fingerprint()
                  + " is waived already at "
                  + other.location(),
              "keep one of the two, or give each an amendment of its own under 'scope'");
        }
      }
      waivers.add(waiver);
    }
    return waivers;
  }

  private Waiver waiver(JsonNode entry, String pointer) {
    String fingerprint = entry.path("fingerprint").asText();
    if (!FINGERPRINT.matcher(fingerprint).matches()) {
      throw new InputException(
          at(pointer, "fingerprint"),
          "'" + fingerprint + "' is no fingerprint: expected ten hexadecimal digits",
          "copy it from the report, or let `codicil waive FINDING` write the entry");
    }
    Set<String> consumers = new LinkedHashSet<>();
    entry.path("scope").path("consumers").forEach(name -> consumers.add(name.asText()));
    return new Waiver(
        fingerprint,
        filled(entry, pointer, "finding", "say what it is about, for whoever reads this"),
        entry.path("scope").path("amendment").asText(null),
        consumers,
        filled(entry, pointer, "reason", "say why it need not gate"),
        filled(entry, pointer, "owner", "name who answers for it"),
        expires(entry.path("expires").asText(), at(pointer, "expires")),
        document.locate(pointer));
  }

  private String filled(JsonNode entry, String pointer, String key, String remedy) {
    String text = entry.path(key).asText();
    if (text.isBlank()) {
      throw new InputException(at(pointer, key), "'" + key + "' is blank", remedy);
    }
    return text;
  }

  private LocalDate expires(String text, Location where) {
    LocalDate day;
    try {
      day = LocalDate.parse(text);
    } catch (DateTimeException noDate) {
      throw new InputException(
          where, "'" + text + "' is no date", "write the last day as YYYY-MM-DD");
    }
    LocalDate last = today.plusDays(MOST_DAYS);
    if (day.isAfter(last)) {
      throw new InputException(
          where,
          "it expires on " + day + ", more than " + MOST_DAYS + " days from now",
          "name a day up to "
              + last
              + "; what holds for ever is a rule of policy in "
              + Project.FILE);
    }
    return day;
  }

  private Location at(String pointer, String key) {
    return document.locate(SourceDocument.child(pointer, key));
  }
}
