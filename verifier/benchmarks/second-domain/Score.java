import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what came of each variant and tells recall and false alarms. Runs as it is: {@code java
 * Score.java RESULTS CHOSEN}, with {@code CHOSEN} variants chosen by name, or 0 for all.
 */
public final class Score {
  private static final Pattern KIND = Pattern.compile("\"kind\"\\s*:\\s*\"([a-z-]+)\"");
  private static final Pattern VERDICT = Pattern.compile("\"verdict\"\\s*:\\s*\"([a-z]+)\"");
  private static final List<String> TOLD =
      List.of("broken", "resilience-lost", "inconclusive", "fixed", "hardened", "fragile", "added");
  private static final int MUTANTS = 10;
  private static final int NEUTRAL = 10;

  /** One variant: its verdict is {@code none} when nothing was reported. */
  private record Row(String name, String kind, String verdict, Map<String, Integer> found, long seconds) {
    boolean mutant() {
      return kind.equals("mutants");
    }

    boolean alarm() {
      return found.containsKey("broken") || found.containsKey("resilience-lost");
    }

    boolean ran() {
      return !verdict.equals("none");
    }

    boolean right() {
      return ran() && alarm() == mutant();
    }

    String findings() {
      List<String> all = new ArrayList<>();
      TOLD.forEach(word -> found.computeIfPresent(word, (key, n) -> add(all, n + " " + key, n)));
      return all.isEmpty() ? "-" : String.join(", ", all);
    }

    private static Integer add(List<String> all, String text, Integer n) {
      all.add(text);
      return n;
    }
  }

  private Score() {}

  public static void main(String[] arguments) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      String[] cells = line.split("\t");
      rows.add(row(cells[0], cells[1], Long.parseLong(cells[3]), Path.of(cells[4])));
    }
    System.out.printf("%-24s %-8s %-9s %-13s %6s  %s%n", "variant", "kind", "expected", "verdict", "s", "findings");
    for (Row row : rows) {
      System.out.printf(
          "%-24s %-8s %-9s %-13s %6d  %s%s%n",
          row.name(),
          row.mutant() ? "mutant" : "neutral",
          row.mutant() ? "alarm" : "no alarm",
          row.verdict(),
          row.seconds(),
          row.findings(),
          row.right() ? "" : row.mutant() ? "   MISSED" : row.ran() ? "   FALSE ALARM" : "   NOT RUN");
    }
    long mutants = rows.stream().filter(Row::mutant).count();
    long found = rows.stream().filter(row -> row.mutant() && row.right()).count();
    long neutral = rows.size() - mutants;
    long wrong = rows.stream().filter(row -> !row.mutant() && !row.right()).count();
    long open = rows.stream().filter(row -> row.verdict().equals("inconclusive")).count();
    System.out.printf(
        "%nrecall %d of %d; neutral with an alarm or not run %d of %d; inconclusive %d of %d%n",
        found, mutants, wrong, neutral, open, rows.size());
    boolean whole = arguments[1].equals("0");
    boolean complete = !whole || mutants >= MUTANTS && neutral >= NEUTRAL;
    if (!complete) {
      System.out.println("not all variants were there: nothing that was not run counts as found");
    }
    System.exit(complete && !rows.isEmpty() && 10 * found >= 9 * mutants && wrong == 0 ? 0 : 1);
  }

  private static Row row(String name, String kind, long seconds, Path report) throws IOException {
    if (!Files.isRegularFile(report)) {
      return new Row(name, kind, "none", Map.of(), seconds);
    }
    String text = Files.readString(report);
    Matcher verdict = VERDICT.matcher(text);
    Map<String, Integer> found = new TreeMap<>();
    Matcher kinds = KIND.matcher(text);
    while (kinds.find()) {
      found.merge(kinds.group(1), 1, Integer::sum);
    }
    return new Row(name, kind, verdict.find() ? verdict.group(1) : "none", found, seconds);
  }
}
