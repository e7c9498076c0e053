package dev.codicil.engine;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.report.Trend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Verdicts of earlier runs, each in a folder of its own below one folder. */
public final class EarlierRuns {
  private static final int DEEPEST = 6;
  private static final int MOST = 1_000;

  private EarlierRuns() {}

  /**
   * Compares the runs below a folder, in the order of the names of their folders, in which numbers
   * count as numbers. A verdict has no time of its own, and files lose theirs on their way through
   * a CI.
   *
   * @throws InputException when there is no verdict that can be read, or there are too many
   */
  public static Trend below(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          Location.of(folder.toString()),
          "there is no such folder",
          "name a folder with a folder for each run, in which its verdict.json is");
    }
    List<Trend.Run> runs = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    for (Path file : files(folder)) {
      Path parent = file.getParent();
      String name = parent == null ? "" : folder.relativize(parent).toString().replace('\\', '/');
      try {
        runs.add(new Trend.Run(name.isEmpty() ? "." : name, StoredVerdict.read(file)));
      } catch (InputException e) {
        unread.add(name + ": " + e.what());
      }
    }
    if (runs.isEmpty()) {
      throw new InputException(
          Location.of(folder.toString()),
          unread.isEmpty()
              ? "there is no verdict.json below this folder"
              : "no verdict below this folder can be read; the first: " + unread.get(0),
          "keep the verdict.json of each run in a folder of its own, named in their order");
    }
    return Trend.of(runs, unread);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
      List<Path> files =
          all.filter(file -> file.endsWith(StoredVerdict.FILE))
              .filter(Files::isRegularFile)
              .limit(MOST + 1L)
              .sorted(Comparator.comparing(file -> folder.relativize(file).toString(), NATURAL))
              .toList();
      if (files.size() > MOST) {
        throw new InputException(
            Location.of(folder.toString()),
            "there are more than " + MOST + " verdicts below this folder",
            "name a folder with fewer");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          Location.of(folder.toString()), "cannot be read: " + e.getMessage(), "");
    }
  }

  /**
   * Text by its characters, and numbers in it by their value: {@code run-9} before {@code run-10}.
   */
  static final Comparator<String> NATURAL =
      (one, other) -> {
        String[] left = one.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)", -1);
        String[] right = other.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
          boolean numbers = left[i].matches("[0-9]+") && right[i].matches("[0-9]+");
          int order =
              numbers
                  ? new BigInteger(left[i]).compareTo(new BigInteger(right[i]))
                  : left[i].compareTo(right[i]);
          if (order != 0) {
            return order;
          }
        }
        int order = Integer.compare(left.length, right.length);
        return order != 0 ? order : one.compareTo(other);
      };
}
