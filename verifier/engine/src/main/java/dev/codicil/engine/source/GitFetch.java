package dev.codicil.engine.source;

import dev.codicil.engine.config.GitSource;
import dev.codicil.experiment.Fingerprints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Brings a revision of another repository here, by the git of this machine: it knows the keys and
 * credentials of whoever calls. Nothing is asked of them meanwhile. Histories are not fetched.
 */
final class GitFetch {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String REF = "refs/codicil/";
  private static final int LAST_LINES = 3;

  private final Path folder;
  private final Consumer<String> progress;

  /**
   * @param folder where fetched repositories are kept
   * @param progress told in one line when something takes long
   */
  GitFetch(Path folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * A revision as it is now.
   *
   * @param repository that has it; the caller closes it
   */
  record Fetched(GitRepository repository, ObjectId commit) {}

  /**
   * Fetches; a commit that is here already is not asked for again.
   *
   * @throws IOException when it cannot be had; the message says why, without credentials
   */
  Fetched fetch(GitSource source) throws IOException {
    Path bare = folder.resolve(Fingerprints.of(source.url()) + ".git");
    if (!Files.isDirectory(bare)) {
      Files.createDirectories(folder);
      git(folder, source.shown(), "init", "--quiet", "--bare", bare.toAbsolutePath().toString());
    }
    String ref = REF + Fingerprints.of(source.revision());
    if (!source.fixed() || here(bare, source.revision()).isEmpty()) {
      progress.accept("fetching " + source.shown());
      git(
          bare,
          source.shown(),
          "fetch",
          "--quiet",
          "--no-tags",
          "--depth=1",
          "--end-of-options",
          source.url(),
          "+" + source.revision() + ":" + ref);
    }
    return here(bare, source.fixed() ? source.revision() : ref)
        .orElseThrow(() -> new IOException("git has fetched nothing from " + source.shown()));
  }

  private static Optional<Fetched> here(Path bare, String revision) {
    Optional<GitRepository> opened = GitRepository.open(bare);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    Optional<ObjectId> commit = opened.get().find(revision);
    if (commit.isEmpty()) {
      opened.get().close();
    }
    return commit.map(id -> new Fetched(opened.get(), id));
  }

  private void git(Path place, String shown, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("git.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_ALLOW_PROTOCOL", String.join(":", GitSource.PROTOCOLS));
    environment.putIfAbsent("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
    environment.put("LC_ALL", "C");
    // Those of a hook that Codicil may run in would lead git to another repository.
    List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE").forEach(environment::remove);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!ended(process)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException(
          shown + " cannot be had: git took longer than " + LIMIT.toMinutes() + " minutes");
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          shown
              + " cannot be had: git "
              + arguments[0]
              + " ended with "
              + process.exitValue()
              + ": "
              + tail(log));
    }
  }

  private static boolean ended(Process process) throws IOException {
    try {
      return process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while git was running", e);
    }
  }

  private static String tail(Path log) throws IOException {
    List<String> lines =
        Files.readString(log, StandardCharsets.ISO_8859_1)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    return GitSource.shown(
        String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
  }
}
