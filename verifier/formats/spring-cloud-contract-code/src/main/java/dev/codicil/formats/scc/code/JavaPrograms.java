package dev.codicil.formats.scc.code;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles contracts in Java: classes that supply a contract, or a collection of them. */
final class JavaPrograms {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
  private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|enum)\\s+(\\w+)");

  private JavaPrograms() {}

  /**
   * Compiles one.
   *
   * @param file its name
   * @param text what stands in it
   * @param folders where classes that it uses may stand as sources
   * @param around finds files that stand beside it
   * @return null when it is no supplier of contracts
   */
  static @Nullable Program compile(String file, String text, List<Path> folders, ClassLoader around)
      throws Failure {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new Failure(
          0, 0, "compiling a contract in Java needs a JDK, and this is a JRE", "run on a JDK");
    }
    String base = file.substring(0, file.length() - ".java".length());
    Matcher declared = PACKAGE.matcher(text);
    String inside = declared.find() ? declared.group(1) + "." : "";
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
      Path classes = Files.createTempDirectory("classes");
      List<String> options =
          List.of(
              "-proc:none",
              "-nowarn",
              "-g",
              "-d",
              classes.toString(),
              "-cp",
              String.join(File.pathSeparator, Session.classPath()),
              "-sourcepath",
              folders.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
      boolean compiled =
          compiler
              .getTask(
                  null, files, diagnostics, options, null, List.of(new Source(inside + base, text)))
              .call();
      if (!compiled) {
        throw failure(diagnostics.getDiagnostics());
      }
      URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, around);
      Class<?> type = supplier(names(base, text), inside, classes, loader);
      if (type == null) {
        return null;
      }
      return () -> {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((Supplier<?>) constructor.newInstance()).get();
      };
    } catch (IOException | ClassNotFoundException | LinkageError failed) {
      throw new Failure(0, 0, "cannot be compiled: " + Failure.brief(failed.toString()), "");
    }
  }

  /** What may be the names of the file's classes: first the file's own, as Java demands of most. */
  private static Set<String> names(String base, String text) {
    Set<String> names = new LinkedHashSet<>();
    names.add(base);
    Matcher type = TYPE.matcher(text);
    while (type.find()) {
      names.add(type.group(1));
    }
    return names;
  }

  private static @Nullable Class<?> supplier(
      Set<String> names, String inside, Path classes, ClassLoader loader)
      throws ClassNotFoundException {
    for (String name : names) {
      if (Files.exists(classes.resolve((inside + name).replace('.', '/') + ".class"))) {
        Class<?> type = Class.forName(inside + name, false, loader);
        if (Supplier.class.isAssignableFrom(type)) {
          return type;
        }
      }
    }
    return null;
  }

  private static Failure failure(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
    List<Diagnostic<? extends JavaFileObject>> errors =
        diagnostics.stream().filter(found -> found.getKind() == Diagnostic.Kind.ERROR).toList();
    if (errors.isEmpty()) {
      return new Failure(0, 0, "does not compile", "correct it");
    }
    Diagnostic<? extends JavaFileObject> first =
        errors.stream()
            .filter(error -> error.getSource() instanceof Source)
            .findFirst()
            .orElse(errors.get(0));
    boolean own = first.getSource() instanceof Source;
    return new Failure(
        own ? (int) Math.max(first.getLineNumber(), 0) : 0,
        own ? (int) Math.max(first.getColumnNumber(), 0) : 0,
        "does not compile: "
            + Failure.brief(first.getMessage(Locale.ROOT))
            + (errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : ""),
        "correct it");
  }

  /** The text as it was read before any contract ran. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("contract:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
