package dev.codicil.report;

import dev.codicil.chaos.profile.ProfileText;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.VerdictReport;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a finding leaves to keep: a profile with nothing in it but the smallest cause, and a JUnit
 * test that holds the amendment to it from now on.
 */
public final class CauseFiles {
  /** Folder of these files, below the one of the reports. */
  public static final String FOLDER = "causes";

  private static final String TEST =
      """
      import static org.junit.jupiter.api.Assertions.assertEquals;

      import org.junit.jupiter.api.Test;

      /**
       * Kept from a finding of codicil: %s
       *
       * <p>Needs the command codicil on the path, and %s.yaml in chaos-profiles/.
       */
      class %sTest {
        @Test
        void holds() throws Exception {
          Process codicil =
              new ProcessBuilder("codicil", "verify"%s, "--profiles", "%s")
                  .inheritIO()
                  .start();

          assertEquals(0, codicil.waitFor());
        }
      }
      """;

  private CauseFiles() {}

  /** Text by file name; one profile and one test for every cause that was found. */
  public static Map<String, String> of(VerdictReport report) {
    Map<String, String> files = new TreeMap<>();
    for (AmendmentVerdict amendment : report.amendments()) {
      Set<SmallestCause> told = new HashSet<>();
      for (Finding finding : amendment.findings()) {
        SmallestCause cause = finding.cause();
        if (cause != null && told.add(cause)) {
          add(finding, cause, files);
        }
      }
    }
    return files;
  }

  private static void add(Finding finding, SmallestCause cause, Map<String, String> files) {
    String name = "cause-" + finding.id();
    String arguments = arguments(finding.replay());
    String told =
        Escape.cut(
            Wording.pair(finding) + ", " + finding.interaction() + ": " + cause.label(), 400);
    List<String> comment =
        List.of(
            "The smallest cause of a finding of codicil. To see it again, put this file into",
            "chaos-profiles/ and run",
            "",
            "  codicil verify "
                + arguments
                + (arguments.isEmpty() ? "" : " ")
                + "--profiles "
                + name,
            "",
            Escape.visible(told));
    ProfileText.of(name, Escape.cut(Escape.visible(told), 190), comment, cause.faults())
        .ifPresent(
            profile -> {
              files.put(name + ".yaml", profile);
              String type = "Cause" + finding.id();
              files.put(
                  type + "Test.java",
                  TEST.formatted(comment(told), name, type, words(arguments), name));
            });
  }

  /** The options that name the amendment, from the command that replays the finding. */
  private static String arguments(String replay) {
    String[] words = replay.trim().split(" ", 4);
    return words.length < 4 ? "" : words[3].trim();
  }

  private static String words(String arguments) {
    StringBuilder text = new StringBuilder();
    for (String word : arguments.split(" ", -1)) {
      if (!word.isEmpty()) {
        text.append(", \"").append(word.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
      }
    }
    return text.toString();
  }

  /** Text that can neither end a comment nor smuggle anything else into the source. */
  private static String comment(String text) {
    return Escape.html(Escape.visible(text)).replace("*/", "*&#47;").replace("\\", "&#92;");
  }
}
