package dev.codicil.formats.scc;

import dev.codicil.contract.ContractFormat.Problem;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import dev.codicil.formats.pact.Spot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spring Cloud Contracts that are programs, in Groovy, Java or Kotlin. Nothing is run here: what
 * they describe arrives in the vocabulary of the YAML form.
 */
public final class SccPrograms {
  /** Id of the format. */
  public static final String FORMAT = SccFormat.ID;

  private static final List<String> ENDINGS = List.of(".groovy", ".gvy", ".kts", ".kt", ".java");
  private static final String DSL = "org.springframework.cloud.contract.spec";

  /** Where a contract begins; a comment or text that says the same makes it useless, no worse. */
  private static final Pattern BEGIN = Pattern.compile("\\bContract\\s*\\.\\s*make\\b");

  /** The same in Kotlin. */
  private static final Pattern KOTLIN_BEGIN = Pattern.compile("\\bcontract\\s*\\{");

  private SccPrograms() {}

  /** Whether a file's name is that of a program that could be a contract. */
  public static boolean mayBe(String file) {
    return ENDINGS.stream().anyMatch(file::endsWith);
  }

  /** Whether a program of such a name is one, by its text. */
  public static boolean recognizes(String file, String text) {
    return text.contains(DSL)
        || BEGIN.matcher(text).find()
        || isKotlinScript(file) && KOTLIN_BEGIN.matcher(text).find();
  }

  /** Whether a program of such a name is a script in Kotlin, which takes a compiler of its own. */
  public static boolean isKotlinScript(String file) {
    return file.endsWith(".kts");
  }

  /** Whether a program of such a name is in Kotlin and no script: nobody reads contracts there. */
  public static boolean isKotlinSource(String file) {
    return file.endsWith(".kt");
  }

  /**
   * Reads what a program described.
   *
   * @param file path of the program; it tells the parties, and is where everything stands
   * @param text the program itself, for the lines its contracts begin at
   * @param contracts a JSON list of contracts
   * @param problems what could not be carried over, a list for each contract
   * @param source the set the file came from, for bodies that are kept in files
   * @throws InputException when the parties cannot be told, or the list is none
   */
  public static Reading read(
      String file, String text, String contracts, List<List<String>> problems, Source source) {
    SourceDocument document = document(file, contracts);
    Pattern begin = isKotlinScript(file) ? KOTLIN_BEGIN : BEGIN;
    int[] lines = lines(begin.matcher(text), text, document.root().size());
    Spot root = new Spot(pointer -> at(file, lines, pointer), "", document.root());
    Reading reading = new SccReading(root, true, file, source).read();
    List<Problem> all = new ArrayList<>();
    for (int i = 0; i < problems.size(); i++) {
      for (String problem : problems.get(i)) {
        all.add(new Problem(at(file, lines, "/" + i), problem));
      }
    }
    all.addAll(reading.problems());
    return new Reading(reading.contract(), all);
  }

  private static SourceDocument document(String file, String contracts) {
    SourceDocument document;
    try {
      document = DocumentReader.read(file, contracts.getBytes(StandardCharsets.UTF_8));
    } catch (InputException tooMuch) {
      // The place it names is in a text that nobody has written.
      throw new InputException(
          Location.of(file), "what its code gave cannot be read: " + tooMuch.what(), "");
    }
    if (!document.root().isArray()) {
      throw new InputException(Location.of(file), "its code gave no list of contracts", "");
    }
    return document;
  }

  /** A contract of several is told by the line it begins at, when each begins at one of its own. */
  private static int[] lines(Matcher matcher, String text, int contracts) {
    List<Integer> begins = new ArrayList<>();
    int line = 1;
    int at = 0;
    while (matcher.find()) {
      line += (int) text.substring(at, matcher.start()).chars().filter(c -> c == '\n').count();
      at = matcher.start();
      begins.add(line);
    }
    int[] lines = new int[contracts];
    for (int i = 0; i < contracts; i++) {
      boolean own = begins.size() == contracts;
      lines[i] = own ? begins.get(i) : begins.isEmpty() ? 1 : begins.get(0);
    }
    return lines;
  }

  private static Location at(String file, int[] lines, String pointer) {
    int end = pointer.indexOf('/', 1);
    String index = pointer.isEmpty() ? "0" : pointer.substring(1, end < 0 ? pointer.length() : end);
    int contract = Integer.parseInt(index);
    return new Location(
        file,
        contract < lines.length ? lines[contract] : 1,
        0,
        lines.length > 1 || end < 0 ? pointer : pointer.substring(end));
  }
}
