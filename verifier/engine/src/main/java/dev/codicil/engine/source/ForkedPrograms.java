package dev.codicil.engine.source;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.experiment.Fingerprints;
import dev.codicil.formats.scc.SccPrograms;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs contracts in a JVM of their own: with an empty environment, in a temporary folder that holds
 * copies of the contracts and nothing else, with little memory and little time. This keeps mistakes
 * away, and is no sandbox: the code has the rights of the user.
 *
 * <p>All contracts of a source share one process. One that ends it, or is still busy when its time
 * is up, is told as unreadable, and the others run in another one.
 */
public final class ForkedPrograms implements ContractPrograms {
  /** System property with the class path of the process, where it does not stand beside our jar. */
  public static final String CLASS_PATH = "codicil.contract-code";

  /** System property with what is added to it where a contract is in Kotlin. */
  public static final String KOTLIN_CLASS_PATH = "codicil.contract-code.kotlin";

  private static final String OWN_JAR = "codicil.jar";
  private static final String FOLDER = "lib/contract-code";
  private static final String KOTLIN_FOLDER = "kotlin";
  private static final long MOST_BYTES = 64L << 20;

  private final String classPath;
  private final @Nullable String kotlin;
  private final Limits limits;

  /** The same files give the same contracts; amendments share a base. */
  private final Map<String, Map<String, Answer>> known = new ConcurrentHashMap<>();

  /**
   * How much the contracts of one source may take.
   *
   * @param contractSeconds wall time of one contract
   * @param seconds wall time of all of them, without what Kotlin's compiler takes
   */
  public record Limits(int contractSeconds, int seconds) {
    /** Twenty seconds for one, sixty for all. */
    public static final Limits DEFAULT = new Limits(20, 60);

    /** To load Kotlin's compiler: 4 s on an idle machine, 19 s seen on a busy one. */
    private static final int KOTLIN_START_SECONDS = 60;

    /** To compile one contract in Kotlin: 0.3 to 0.7 s on an idle machine, 3 s on a busy one. */
    private static final int KOTLIN_COMPILE_SECONDS = 3;

    private static final int MOST_KOTLIN_SECONDS = 540;

    /** What all of these contracts may take together. */
    int secondsFor(List<String> programs) {
      int scripts = (int) programs.stream().filter(SccPrograms::isKotlinScript).count();
      return scripts == 0
          ? seconds
          : seconds
              + Math.min(
                  KOTLIN_START_SECONDS + KOTLIN_COMPILE_SECONDS * scripts, MOST_KOTLIN_SECONDS);
    }
  }

  /**
   * Contracts in processes of this class path.
   *
   * @param classPath as {@code java -cp} takes it
   * @param kotlin what is added to it where a contract is in Kotlin; null where that is not there
   */
  public ForkedPrograms(String classPath, @Nullable String kotlin, Limits limits) {
    this.classPath = classPath;
    this.kotlin = kotlin;
    this.limits = limits;
  }

  /**
   * What was built together with this jar.
   *
   * @throws InputException when it is not there
   */
  public static ForkedPrograms installed() {
    String named = System.getProperty(CLASS_PATH);
    if (named != null) {
      return new ForkedPrograms(named, System.getProperty(KOTLIN_CLASS_PATH), Limits.DEFAULT);
    }
    Path folder =
        Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> entry.endsWith(OWN_JAR))
            .map(entry -> entry.toAbsolutePath().resolveSibling(FOLDER))
            .findFirst()
            .orElse(Path.of(FOLDER));
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          Location.of(folder.toString()),
          "the reader of contracts that are programs is not there",
          "build it: mvn -pl verifier/cli -am package");
    }
    return in(folder, Limits.DEFAULT);
  }

  /**
   * What stands in a folder, and in its folder for Kotlin.
   *
   * @param folder of jars, as {@code verifier/cli} packs it
   */
  public static ForkedPrograms in(Path folder, Limits limits) {
    Path kotlin = folder.resolve(KOTLIN_FOLDER);
    return new ForkedPrograms(all(folder), Files.isDirectory(kotlin) ? all(kotlin) : null, limits);
  }

  private static String all(Path folder) {
    return folder + File.separator + "*";
  }

  @Override
  public Map<String, Answer> run(Source source, List<String> beside, List<String> programs) {
    Map<String, Answer> answers = new LinkedHashMap<>();
    List<String> runnable = new ArrayList<>();
    for (String program : programs) {
      Answer unread = unread(program);
      if (unread == null) {
        runnable.add(program);
      } else {
        answers.put(program, unread);
      }
    }
    if (runnable.isEmpty()) {
      return answers;
    }
    try {
      Map<String, byte[]> files = files(source, beside);
      answers.putAll(
          known.computeIfAbsent(
              fingerprint(files, runnable),
              key -> new ForkedRun(classPath, kotlin, limits).run(files, runnable)));
    } catch (InputException impossible) {
      runnable.forEach(
          program -> answers.put(program, failed(program, impossible.what(), impossible.remedy())));
    }
    return answers;
  }

  /** Why a program is not run at all; null when it is. */
  private @Nullable Answer unread(String program) {
    if (SccPrograms.isKotlinSource(program)) {
      return failed(
          program,
          "Spring Cloud Contract reads contracts in Kotlin from scripts alone",
          "let its last expression be the contract, or a list of them, and name it .kts");
    }
    return SccPrograms.isKotlinScript(program) && kotlin == null
        ? failed(
            program,
            "Kotlin's compiler, which contracts in Kotlin need, is not there",
            "build it: mvn -pl verifier/cli -am package; or write it in YAML, Groovy or Java")
        : null;
  }

  private static Answer failed(String program, String what, String remedy) {
    return Answer.failed(new InputException(Location.of(program), what, remedy));
  }

  private static Map<String, byte[]> files(Source source, List<String> beside) {
    Map<String, byte[]> files = new TreeMap<>();
    long bytes = 0;
    for (String file : beside) {
      byte[] content;
      try {
        content = source.read(file);
      } catch (InputException unreadable) {
        continue; // who needs it says so: the ledger, or the contract that looks for it
      }
      bytes += content.length;
      if (bytes > MOST_BYTES) {
        throw new InputException(
            Location.of(source.name()),
            "the files around it are more than " + (MOST_BYTES >> 20) + " MB to be copied",
            "name the folder of the contracts alone");
      }
      files.put(file, content);
    }
    return files;
  }

  private static String fingerprint(Map<String, byte[]> files, List<String> programs) {
    List<String> parts = new ArrayList<>(programs);
    files.forEach(
        (file, bytes) -> {
          parts.add(file);
          parts.add(new String(bytes, StandardCharsets.ISO_8859_1));
        });
    return Fingerprints.of(parts.toArray(String[]::new));
  }

  /** Writes files below a folder; names that lead out of it, or are none here, are left out. */
  static void write(Map<String, byte[]> files, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path;
      try {
        path = folder.resolve(file.getKey()).normalize();
      } catch (InvalidPathException none) {
        continue;
      }
      if (path.startsWith(folder) && !path.equals(folder)) {
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    }
  }

  /** Deletes what can be deleted; what contracts have left behind may not let itself be. */
  static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException left) {
      // It is in the folder for temporary files.
    }
  }
}
