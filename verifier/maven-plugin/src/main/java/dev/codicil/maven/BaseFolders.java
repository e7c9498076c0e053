package dev.codicil.maven;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Lays the contracts of a released jar out as a folder that a side can be read from. */
final class BaseFolders {
  private static final Pattern COORDINATES =
      Pattern.compile("[\\w.-]+:[\\w.-]+:[\\w.-]+(:[\\w.-]+)?");
  private static final long MOST_BYTES = 256L << 20;
  private static final int MOST_FILES = 20_000;

  private BaseFolders() {}

  /** Whether a base is written as {@code groupId:artifactId:version[:classifier]}. */
  static boolean isCoordinates(String base) {
    return COORDINATES.matcher(base).matches();
  }

  /**
   * Unpacks a jar.
   *
   * @param into a folder of its own, made anew
   * @throws InputException when it is no jar, leads out of the folder or is too large
   */
  static Path unpack(Path jar, Path into) {
    long left = MOST_BYTES;
    int files = 0;
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into)) {
          throw refused(jar, "holds '" + entry.getName() + "', which leads out of it");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        if (++files > MOST_FILES) {
          throw refused(jar, "holds more than " + MOST_FILES + " files");
        }
        Path folder = file.getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        try (InputStream in = zip.getInputStream(entry)) {
          byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, left + 1));
          left -= bytes.length;
          if (left < 0) {
            throw refused(jar, "unpacks to more than " + (MOST_BYTES >> 20) + " MiB");
          }
          Files.write(file, bytes);
        }
      }
      return into;
    } catch (java.util.zip.ZipException e) {
      throw refused(jar, "is no jar: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputException refused(Path jar, String what) {
    return new InputException(
        Location.of(String.valueOf(jar.getFileName())), what, "name another base");
  }
}
