package dev.codicil.engine;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.report.CauseFiles;
import dev.codicil.report.Reporter;
import dev.codicil.report.Reporters;
import dev.codicil.verdict.VerdictReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Writes the reports of a verification, each beside and moved into place: nobody reads half of one.
 */
public final class ReportFolder {
  private final Path folder;
  private final String advice;

  private ReportFolder(Path folder, String advice) {
    this.folder = folder;
    this.advice = advice;
  }

  /**
   * A folder, made when it is not there.
   *
   * @param advice how to name another one
   * @throws InputException when it cannot be written
   */
  public static ReportFolder at(Path folder, String advice) {
    try {
      Files.createDirectories(folder);
      if (Files.isWritable(folder)) {
        return new ReportFolder(folder, advice);
      }
    } catch (IOException e) {
      // told below
    }
    throw new InputException(
        Location.of(folder.toString()), "the report folder cannot be written", advice);
  }

  /**
   * A file in whichever folder it is named, which is made when it is not there.
   *
   * @param advice how to name another one
   * @throws InputException when it cannot be written
   */
  public static void write(Path file, String text, String advice) {
    Path whole = file.toAbsolutePath().normalize();
    Path parent = whole.getParent();
    if (parent == null || Files.isDirectory(whole)) {
      throw new InputException(
          Location.of(file.toString()), "this is a folder, and not a file to write", advice);
    }
    at(parent, advice).write(String.valueOf(whole.getFileName()), text);
  }

  /**
   * Writes the reports that every verification has, and the smallest causes.
   *
   * @return whether there are smallest causes
   * @throws InputException when a file cannot be written
   */
  public boolean write(VerdictReport report) {
    for (Reporter reporter : Reporters.always()) {
      write(reporter.fileName(), reporter.render(report));
    }
    Map<String, String> files = CauseFiles.of(report);
    if (!files.isEmpty()) {
      ReportFolder causes = at(folder.resolve(CauseFiles.FOLDER), advice);
      files.forEach(causes::write);
    }
    return !files.isEmpty();
  }

  /**
   * Writes one file.
   *
   * @throws InputException when it cannot be written
   */
  public void write(String name, String text) {
    Path file = folder.resolve(name);
    Path part = folder.resolve(name + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InputException(
          Location.of(file.toString()), "cannot be written: " + e.getMessage(), advice);
    }
  }
}
