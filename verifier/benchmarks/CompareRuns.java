import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codicil.chaos.Injection;
import dev.codicil.history.Event;
import dev.codicil.history.HistoryLog;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares the runs that determinism.sh made; exits 1 when runs that must be alike are not. */
public final class CompareRuns {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    Path out = Path.of(args[0]);
    boolean same = alike(out, "same-", true);
    boolean seeds = alike(out, "seed-", false);
    System.exit(same && seeds ? 0 : 1);
  }

  private static boolean alike(Path out, String prefix, boolean whole) throws Exception {
    List<Path> runs = new ArrayList<>();
    try (Stream<Path> all = Files.list(out)) {
      all.filter(Files::isDirectory)
          .filter(run -> run.getFileName().toString().startsWith(prefix))
          .sorted()
          .forEach(runs::add);
    }
    Map<String, List<String>> verdicts = new TreeMap<>();
    Map<String, List<String>> findings = new TreeMap<>();
    Map<String, List<String>> injections = new TreeMap<>();
    int injected = 0;
    for (Path run : runs) {
      String name = run.getFileName().toString();
      File file = run.resolve("verdict.json").toFile();
      JsonNode report = file.exists() ? JSON.readTree(file) : JSON.createObjectNode();
      verdicts.computeIfAbsent(verdicts(report), key -> new ArrayList<>()).add(name);
      findings.computeIfAbsent(findings(report), key -> new ArrayList<>()).add(name);
      TreeSet<String> log = injections(run.resolve("history"));
      injected = log.size();
      injections.computeIfAbsent(String.join("\n", log), key -> new ArrayList<>()).add(name);
    }
    System.out.printf(
        "%s %d runs: %d different verdicts, %d different sets of findings, %d different injection"
            + " logs (%d lines in the last)%n",
        prefix, runs.size(), verdicts.size(), findings.size(), injections.size(), injected);
    for (Map<String, List<String>> groups : whole ? List.of(verdicts, findings, injections) : List.of(verdicts)) {
      if (groups.size() > 1) {
        System.out.println("  not alike: " + groups.values());
        List<String> texts = new ArrayList<>(groups.keySet());
        TreeSet<String> difference = new TreeSet<>(List.of(texts.get(0).split("\n")));
        difference.removeAll(List.of(texts.get(1).split("\n")));
        difference.stream().limit(10).forEach(line -> System.out.println("    " + line));
      }
    }
    return !runs.isEmpty()
        && verdicts.size() == 1
        && (!whole || findings.size() == 1 && injections.size() == 1);
  }

  private static String verdicts(JsonNode report) {
    StringBuilder text = new StringBuilder();
    for (JsonNode amendment : report.path("amendments")) {
      text.append(amendment.path("name").asText())
          .append(' ')
          .append(amendment.path("verdict").asText())
          .append('\n');
    }
    return text.toString();
  }

  private static String findings(JsonNode report) {
    TreeSet<String> lines = new TreeSet<>();
    for (JsonNode amendment : report.path("amendments")) {
      for (JsonNode finding : amendment.path("findings")) {
        lines.add(
            String.join(
                " | ",
                amendment.path("name").asText(),
                finding.path("kind").asText(),
                finding.path("consumer").asText(),
                finding.path("interaction").asText(),
                finding.path("faultLabel").asText(),
                finding.path("before").toString(),
                finding.path("after").toString()));
      }
    }
    return String.join("\n", lines);
  }

  /** First attempts only: whether a cell is run again may depend on how long it took. */
  private static TreeSet<String> injections(Path histories) throws Exception {
    TreeSet<String> lines = new TreeSet<>();
    if (!Files.isDirectory(histories)) {
      return lines;
    }
    try (Stream<Path> all = Files.list(histories)) {
      for (Path history : all.sorted().toList()) {
        for (Event event : HistoryLog.read(history)) {
          if (event instanceof Event.CellRun run && run.record().attempt() == 0) {
            for (Injection injection : run.record().injections()) {
              lines.add(history.getFileName() + " " + run.record().cell().label() + " " + injection);
            }
          }
        }
      }
    }
    return lines;
  }
}
