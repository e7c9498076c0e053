package dev.codicil.engine.cache;

import dev.codicil.experiment.Subject;
import dev.codicil.storm.run.Launch;
import dev.codicil.storm.run.Launch.ProcessLaunch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a subject is, as far as it can be told from outside: its command and environment, and the
 * content of every file that the command names.
 *
 * @param hash of all that; it may hold secrets, so it goes into keyed hashes only
 * @param reason why it cannot be told; empty when it can
 */
record LaunchIdentity(String hash, String reason) {
  private static final Pattern SEPARATORS = Pattern.compile("[=:,;]");

  private static final String DIRECT = "it connects to others directly, whose state nobody knows";

  /** What is a program with all of its parts, unlike a script that loads others. */
  private static final Pattern WHOLE = Pattern.compile(".*\\.(jar|war|ear)");

  /**
   * @param subject as declared; null for a provider that nobody declares
   * @param sources hash of the sources it was built from; empty when it declares none
   * @param path where programs are looked for
   */
  static LaunchIdentity of(
      Launch launch, @Nullable Subject subject, String sources, @Nullable String path) {
    if (launch instanceof Launch.StubLaunch) {
      return new LaunchIdentity("a stub of its contract", "");
    }
    if (launch instanceof Launch.ContainerLaunch container && subject != null) {
      return subject.direct().isEmpty()
          ? new LaunchIdentity(contained(container), "")
          : new LaunchIdentity("", DIRECT);
    }
    if (!(launch instanceof ProcessLaunch process) || subject == null) {
      return new LaunchIdentity("", "it was not built");
    }
    if (!subject.direct().isEmpty()) {
      return new LaunchIdentity("", DIRECT);
    }
    Map<String, String> files = files(process);
    if (sources.isEmpty() && files.keySet().stream().noneMatch(f -> WHOLE.matcher(f).matches())) {
      return new LaunchIdentity(
          "", "it has no build that can be told from another: no jar in its command, no 'sources'");
    }
    List<String> parts = new ArrayList<>();
    process.command().forEach(word -> parts.add(plain(word, process)));
    process.env().forEach((name, value) -> parts.add(name + "=" + plain(value, process)));
    files.forEach((name, hash) -> parts.add(name + " " + hash));
    parts.add(sources);
    parts.add(program(process, path));
    return new LaunchIdentity(String.join("\n", parts), "");
  }

  /** An image has all of its parts; the engine is that of this machine. */
  private static String contained(Launch.ContainerLaunch container) {
    List<String> parts = new ArrayList<>(container.command());
    container.env().forEach((name, value) -> parts.add(name + "=" + value));
    parts.add(container.image() + " " + container.port());
    return String.join("\n", parts);
  }

  /** Which program the first word is: another Java may behave in another way. */
  private static String program(ProcessLaunch process, @Nullable String path) {
    String name = process.command().get(0);
    for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
      Path file = file(process.workdir(), folder + "/" + name);
      if (file != null && !name.contains("/")) {
        try {
          Path real = file.toRealPath();
          return real + " " + Files.size(real) + " " + Files.getLastModifiedTime(real);
        } catch (IOException gone) {
          return name;
        }
      }
    }
    return name;
  }

  /** The same for the same tree in another place. */
  private static String plain(String text, ProcessLaunch process) {
    return text.replace(process.workdir().toAbsolutePath().toString(), "{tree}");
  }

  private static Map<String, String> files(ProcessLaunch process) {
    Map<String, String> files = new TreeMap<>();
    for (String word : process.command()) {
      List<String> candidates = new ArrayList<>(List.of(SEPARATORS.split(word)));
      candidates.add(word);
      for (String candidate : candidates) {
        Path file = file(process.workdir(), candidate);
        if (file != null) {
          files.put(plain(file.toString(), process), Digest.of(file));
          libraries(file).forEach(jar -> files.put(plain(jar.toString(), process), Digest.of(jar)));
        }
      }
    }
    return files;
  }

  /** What a thin jar loads beside itself: the {@code Class-Path} of its manifest. */
  private static List<Path> libraries(Path jar) {
    if (!WHOLE.matcher(jar.toString()).matches()) {
      return List.of();
    }
    try (JarFile open = new JarFile(jar.toFile())) {
      Manifest manifest = open.getManifest();
      String classPath =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      List<Path> libraries = new ArrayList<>();
      for (String entry : classPath == null ? new String[0] : classPath.trim().split("\\s+")) {
        Path library = file(jar.resolveSibling("."), entry);
        if (library != null) {
          libraries.add(library);
        }
      }
      return libraries;
    } catch (IOException noJar) {
      return List.of();
    }
  }

  private static @Nullable Path file(Path folder, String text) {
    try {
      Path file = folder.toAbsolutePath().resolve(text).normalize();
      return !text.isBlank() && Files.isRegularFile(file) ? file : null;
    } catch (InvalidPathException noPath) {
      return null;
    }
  }
}
