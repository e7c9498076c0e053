package dev.codicil.formats.scc.code;

import groovy.json.JsonOutput;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.contract.spec.Contract;

/**
 * Reads one contract after the other, and answers with lines of JSON: {@code {"begin": FILE}}
 * before each, then {@code {"file": FILE, ...}} with one of
 *
 * <ul>
 *   <li>{@code contracts}: a list of contracts as {@link ContractText} writes them, as the text of
 *       a JSON document of its own, and {@code problems}: a list of texts for each of them;
 *   <li>{@code error} with {@code line}, {@code column} and {@code remedy};
 *   <li>{@code none}: why the file is no contract;
 * </ul>
 *
 * and {@code {"end": true}} when all are answered; without it, the others want another process.
 * What contracts print goes nowhere.
 */
public final class Session {
  private static final String DESCRIBE = "let it describe its contracts and do nothing else";

  private static final Pattern KOTLIN_BEGIN = Pattern.compile("\\bcontract\\s*\\{");

  private final Path root;
  private final PrintStream answers;

  /** Processes that the contract which runs now has started, and that had not ended by then. */
  private int others;

  private Session(Path root, PrintStream answers) {
    this.root = root;
    this.answers = answers;
  }

  /**
   * Reads contracts.
   *
   * @param root the folder they stand in
   * @param list a file with one path a line, relative to that folder
   */
  public static void run(Path root, Path list) throws IOException {
    PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false);
    System.setOut(nowhere);
    System.setErr(nowhere);
    System.setIn(InputStream.nullInputStream());
    new Session(root, answers).read(Files.readAllLines(list));
  }

  /** The entries of this process's class path. */
  static List<String> classPath() {
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private void read(List<String> files) throws IOException {
    // All before any runs: a contract may change what stands beside it.
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    for (String file : files) {
      texts.put(file, text(root.resolve(file)));
    }
    for (Map.Entry<String, @Nullable String> entry : texts.entrySet()) {
      if (isKotlin(entry.getKey())) {
        KotlinPrograms.start();
      }
      write(Map.of("begin", entry.getKey()));
      write(answer(entry.getKey(), entry.getValue()));
      if (leftRunning()) {
        // What it has left running could end this process, and another contract would be blamed.
        return;
      }
    }
    write(Map.of("end", true));
  }

  /** Whether threads run that are neither ours nor those that Groovy and the JDK keep. */
  private static boolean leftRunning() {
    Thread own = Thread.currentThread();
    Thread[] threads = new Thread[own.getThreadGroup().activeCount() + 16];
    int count = own.getThreadGroup().enumerate(threads);
    for (Thread thread : Arrays.asList(threads).subList(0, count)) {
      boolean known =
          thread == own
              || thread instanceof ForkJoinWorkerThread
              || thread.getName().equals("PIC-Cleaner")
              || thread.getName().startsWith("DFA-cache-cleaner");
      if (!known) {
        return true;
      }
    }
    return false;
  }

  private void write(Map<String, Object> answer) {
    answers.println(JsonOutput.toJson(answer));
    answers.flush();
  }

  /** The text of a file; null when it is none. */
  private static @Nullable String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return null;
    }
  }

  private Map<String, Object> answer(String file, @Nullable String text) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("file", file);
    others = 0;
    if (text == null) {
      answer.put("error", "it cannot be read, or is not valid UTF-8");
      answer.put("remedy", "save it as UTF-8");
      return answer;
    }
    try {
      Map<String, Object> contracts = contracts(file, text);
      if (others > 0) {
        throw new Failure(0, 0, "its code starts other processes", DESCRIBE);
      }
      answer.putAll(contracts);
    } catch (Failure failure) {
      answer.put("error", failure.getMessage());
      answer.put("line", failure.line());
      answer.put("column", failure.column());
      answer.put("remedy", failure.remedy());
    } catch (OutOfMemoryError exhausted) {
      answer.put("error", "its code needs more memory than a contract is given");
      answer.put("remedy", "write the contract's values down");
    } catch (Throwable failed) { // whatever the code of a contract may throw
      answer.put("error", "its code failed: " + Failure.brief(shown(failed)));
      answer.put("line", line(failed, Path.of(file).getFileName().toString()));
      answer.put(
          "remedy",
          "contracts run with the libraries of Spring Cloud Contract 5.0.2 and what stands in"
              + " their folders, and no others");
    }
    return answer;
  }

  private Map<String, Object> contracts(String file, String text) throws Throwable {
    List<Path> folders = folders(file);
    URL[] urls = new URL[folders.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = folders.get(i).toUri().toURL();
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader around = new URLClassLoader(urls, Session.class.getClassLoader())) {
      thread.setContextClassLoader(around); // where Spring Cloud Contract looks for files
      Program program = compile(file, text, folders, around);
      List<ContractText> contracts = program == null ? null : run(program, folders.get(0));
      if (program == null || contracts == null) {
        if (makes(file, text)) {
          throw new Failure(
              0,
              0,
              "makes a contract and does not give it",
              "end a Groovy or Kotlin file with it, or with a list of them; let a Java class be a"
                  + " Supplier");
        }
        return Map.of("none", "gives no contract");
      }
      // What is drawn at random would look like a change between before and after.
      String written = json(contracts);
      List<ContractText> again = run(program, folders.get(0));
      if (again == null || !written.equals(json(again))) {
        throw new Failure(
            0,
            0,
            "its code gives other values each time it is run"
                + Difference.first(written, again == null ? "null" : json(again)),
            "write fixed values, or matchers such as anyUuid()");
      }
      return Map.of(
          "contracts",
          written,
          "problems",
          contracts.stream().map(ContractText::problems).toList());
    } finally {
      thread.setContextClassLoader(before);
      List<ProcessHandle> started = ProcessHandle.current().descendants().toList();
      started.forEach(ProcessHandle::destroyForcibly);
      others += started.size();
    }
  }

  private static String json(List<ContractText> contracts) {
    return JsonOutput.toJson(contracts.stream().map(ContractText::contract).toList());
  }

  /** The folder of the contract, and those around it, from the inside. */
  private List<Path> folders(String file) {
    List<Path> folders = new ArrayList<>();
    Path top = root.toAbsolutePath();
    Path folder = top.resolve(file).getParent();
    while (folder != null && folder.startsWith(top)) {
      folders.add(folder);
      folder = folder.getParent();
    }
    return folders;
  }

  private static @Nullable Program compile(
      String file, String text, List<Path> folders, ClassLoader around) throws Failure {
    String name = file.substring(file.lastIndexOf('/') + 1);
    if (isKotlin(name)) {
      return KotlinPrograms.compile(name, text, around);
    }
    return name.endsWith(".java")
        ? JavaPrograms.compile(name, text, folders, around)
        : GroovyPrograms.compile(name, text, around);
  }

  private static boolean isKotlin(String file) {
    return file.endsWith(".kts");
  }

  private static boolean makes(String file, String text) {
    return isKotlin(file) ? KOTLIN_BEGIN.matcher(text).find() : text.contains("Contract.make");
  }

  private static @Nullable List<ContractText> run(Program program, Path folder) throws Throwable {
    Object given;
    try {
      given = program.run();
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
    if (given == null) {
      return null;
    }
    Iterable<?> items =
        given instanceof Iterable<?> several
            ? several
            : given instanceof Object[] array ? Arrays.asList(array) : List.of(given);
    List<ContractText> contracts = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof Contract contract)) {
        String type = item == null ? "null" : item.getClass().getSimpleName();
        throw new Failure(
            0, 0, "gives a " + type + " where a contract is expected", "give contracts only");
      }
      contracts.add(ContractText.of(contract, folder));
    }
    if (contracts.isEmpty()) {
      throw new Failure(0, 0, "gives an empty list of contracts", "add one");
    }
    return contracts;
  }

  private static String shown(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  /** Where in its file a contract failed; 0 when that cannot be told. */
  private static int line(Throwable failed, String name) {
    for (Throwable at = failed; at != null; at = at.getCause()) {
      for (StackTraceElement frame : at.getStackTrace()) {
        if (name.equals(frame.getFileName())) {
          return Math.max(frame.getLineNumber(), 0);
        }
      }
      if (at.getCause() == at) {
        return 0;
      }
    }
    return 0;
  }
}
