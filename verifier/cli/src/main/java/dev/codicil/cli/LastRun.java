package dev.codicil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.Verification;
import dev.codicil.history.HistoryLog;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The run whose reports lie in a folder, judged again from its histories. */
final class LastRun {
  private static final String VERDICT = "verdict.json";
  private static final String AGAIN = "run `codicil verify` first";

  private LastRun() {}

  /**
   * Judges what lies in a place: a folder of reports, which names its amendments, or the history of
   * one amendment.
   *
   * @throws InputException when there is no run, or it cannot be read
   */
  static List<AmendmentVerdict> judge(Path place, Gate gate) {
    if (Files.isRegularFile(place) || Files.isRegularFile(place.resolve(HistoryLog.FILE))) {
      return List.of(Verification.judge(place, gate));
    }
    List<AmendmentVerdict> verdicts = new ArrayList<>();
    for (String name : names(place.resolve(VERDICT))) {
      verdicts.add(Verification.judge(history(place, name), gate));
    }
    return verdicts;
  }

  private static List<String> names(Path file) {
    Location here = Location.of(file.toString());
    if (!Files.isRegularFile(file)) {
      throw new InputException(here, "there is no run", AGAIN);
    }
    List<String> names = new ArrayList<>();
    try {
      JsonNode root = DocumentReader.read(file.toString(), Files.readAllBytes(file)).root();
      root.path("amendments").forEach(one -> names.add(one.path("name").asText()));
    } catch (IOException e) {
      throw new InputException(here, "cannot be read: " + e.getMessage(), AGAIN);
    }
    return names;
  }

  private static Path history(Path folder, String name) {
    Path histories = folder.resolve("history").normalize();
    try {
      Path history = histories.resolve(name).normalize();
      if (!name.isEmpty()
          && history.startsWith(histories)
          && Files.isRegularFile(history.resolve(HistoryLog.FILE))) {
        return history;
      }
    } catch (InvalidPathException noPath) {
      // told below
    }
    throw new InputException(
        Location.of(folder.resolve(VERDICT).toString()),
        "the history of its amendment '" + name + "' is not there",
        AGAIN);
  }
}
