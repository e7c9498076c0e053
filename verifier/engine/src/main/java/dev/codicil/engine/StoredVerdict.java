package dev.codicil.engine;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.history.HistoryLog;
import dev.codicil.report.VerdictReader;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.VerdictReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A verdict of a run that is over: as it was written, or judged again from the histories of a run
 * that wrote none. Runs nothing.
 *
 * @param report the verdict
 * @param told where it comes from, when that is not the verdict as it was written; else empty
 */
public record StoredVerdict(VerdictReport report, String told) {
  /** The file that every run writes. */
  public static final String FILE = "verdict.json";

  private static final String HISTORIES = "history";
  private static final long MOST_BYTES = 512L * 1024 * 1024;

  /**
   * Finds and reads a verdict.
   *
   * @param where a verdict.json, a folder that has one, a history, or a folder that has some
   * @param gate policy, waivers and day, asked only when histories are judged
   * @throws InputException when there is none, or it cannot be read
   */
  public static StoredVerdict at(Path where, Supplier<Gate> gate) {
    if (Files.isRegularFile(where)) {
      return String.valueOf(where.getFileName()).endsWith(".ndjson")
          ? judged(List.of(where), gate.get())
          : new StoredVerdict(read(where), "");
    }
    if (!Files.isDirectory(where)) {
      throw new InputException(
          Location.of(where.toString()),
          "there is no verdict: no such file or folder",
          "run codicil verify first, or name its folder, its verdict.json or a history");
    }
    Path verdict = where.resolve(FILE);
    if (Files.exists(verdict)) {
      return new StoredVerdict(read(verdict), "");
    }
    List<Path> histories = histories(where);
    if (histories.isEmpty()) {
      throw new InputException(
          Location.of(where.toString()),
          "there is neither " + FILE + " nor a history in this folder",
          "run codicil verify first, or name the folder of its --out");
    }
    return judged(histories, gate.get());
  }

  /** The verdict in a file. */
  public static VerdictReport read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new InputException(
            Location.of(file.toString()),
            "this is larger than any verdict: " + Files.size(file) + " bytes",
            "name a verdict.json that codicil verify wrote");
      }
      return VerdictReader.read(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new InputException(
          Location.of(file.toString()), "cannot be read as UTF-8 text: " + e.getMessage(), "");
    }
  }

  private static StoredVerdict judged(List<Path> histories, Gate gate) {
    List<AmendmentVerdict> verdicts = new ArrayList<>();
    for (Path history : histories) {
      verdicts.add(Verification.judge(history, gate));
    }
    return new StoredVerdict(
        VerdictReport.of(verdicts, gate, false),
        "judged from "
            + (histories.size() == 1 ? "a history" : histories.size() + " histories")
            + " by policy and waivers, as there is no "
            + FILE);
  }

  private static List<Path> histories(Path folder) {
    Path own = folder.resolve(HistoryLog.FILE);
    if (Files.exists(own)) {
      return List.of(own);
    }
    Path below = Files.isDirectory(folder.resolve(HISTORIES)) ? folder.resolve(HISTORIES) : folder;
    try (Stream<Path> folders = Files.list(below)) {
      return folders
          .map(one -> one.resolve(HistoryLog.FILE))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException(
          Location.of(below.toString()), "this folder cannot be read: " + e.getMessage(), "");
    }
  }
}
