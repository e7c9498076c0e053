package dev.codicil.engine.config;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.verdict.Waiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Appends to {@code codicil-waivers.yaml}. What stands there stays as it is, byte for byte; what
 * comes of it is read before anything is written.
 */
public final class WaiverFile {
  private WaiverFile() {}

  /**
   * Appends an entry, beside and moved into place.
   *
   * @param root folder of the file, which is made when it is not there
   * @return the entry as it was read back
   * @throws InputException when the file cannot be read or written, has the fingerprint already, or
   *     has no place for another entry
   */
  public static Waiver append(Path root, WaiverText entry, LocalDate today) {
    Path file = root.resolve(WaiverReader.FILE);
    try {
      if (Files.exists(file)) {
        file = file.toRealPath(); // behind a link the link stays
      }
      byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      List<Waiver> there = WaiverReader.read(WaiverReader.FILE, before, today);
      String text = new String(before, StandardCharsets.UTF_8);
      String after = text.isEmpty() ? HEAD : text;
      String end = after.contains("\r\n") ? "\r\n" : "\n";
      if (!after.endsWith("\n")) {
        after += end;
      }
      String indent = there.isEmpty() ? "" : indent(text, there.get(0).location());
      after +=
          entry.lines().stream().map(line -> indent + line + end).collect(Collectors.joining());
      List<Waiver> now = readAgain(after, there, today);
      write(file, after);
      return now.get(now.size() - 1);
    } catch (IOException e) {
      throw new InputException(
          Location.of(WaiverReader.FILE),
          "cannot be written: " + e.getMessage(),
          "check the permissions of the file and its folder");
    }
  }

  private static final String HEAD =
      "# Findings that need not gate for a while; see docs/policy.md of Codicil.\n";

  private static String indent(String text, Location first) {
    String line = text.lines().skip(Math.max(0, first.line() - 1)).findFirst().orElse("");
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  private static List<Waiver> readAgain(String after, List<Waiver> there, LocalDate today) {
    List<Waiver> now;
    try {
      now = WaiverReader.read(WaiverReader.FILE, after.getBytes(StandardCharsets.UTF_8), today);
    } catch (InputException e) {
      throw new InputException(
          e.location(),
          "with the new entry at its end the file could not be read: " + e.what(),
          e.remedy().isEmpty() ? "write the list with one '- ' a line" : e.remedy());
    }
    if (now.size() != there.size() + 1 || !now.subList(0, there.size()).equals(there)) {
      throw new InputException(
          Location.of(WaiverReader.FILE),
          "no entry can be appended to the list as it is written",
          "write the list with one '- ' a line");
    }
    return now;
  }

  private static void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, text);
      PosixFileAttributeView old = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (old != null && Files.exists(file)) {
        Files.setPosixFilePermissions(part, old.readAttributes().permissions());
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
