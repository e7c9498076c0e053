package dev.codicil.storm.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codicil.chaos.HookAction;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has still to be undone, written down before it is done: one file a hook, on the disk itself
 * when {@link #write} returns. Whoever starts next does what an earlier run could not.
 */
public final class PendingReverts {
  private static final int SCHEMA = 1;
  private static final String ENDING = ".json";

  private PendingReverts() {}

  /**
   * As it is written down; a request has a method, a command has words, a Chaos Monkey has the
   * settings that it had, and the url of its endpoint.
   *
   * @param pid of the Codicil that wrote it, with the moment it was {@code started}
   * @param acts the subjects it acts on, each as {@code PID STARTED}; null when it names none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entry(
      int schema,
      long pid,
      String started,
      String hook,
      @Nullable List<String> words,
      @Nullable String method,
      @Nullable String url,
      @Nullable String body,
      @Nullable List<String> acts,
      long deadlineMillis,
      @Nullable JsonNode settings) {
    Entry {
      if (acts != null && !acts.stream().allMatch(one -> one.matches("[0-9]{1,18} .*"))) {
        throw new IllegalArgumentException("it names no subjects: " + acts);
      }
    }

    /** The entry of a hook. */
    Entry(
        int schema,
        long pid,
        String started,
        String hook,
        @Nullable List<String> words,
        @Nullable String method,
        @Nullable String url,
        @Nullable String body,
        @Nullable List<String> acts,
        long deadlineMillis) {
      this(schema, pid, started, hook, words, method, url, body, acts, deadlineMillis, null);
    }

    static Entry of(
        String hook, String url, JsonNode settings, List<Long> actsOn, Duration deadline) {
      ProcessHandle self = ProcessHandle.current();
      return new Entry(
          SCHEMA,
          self.pid(),
          started(self),
          hook,
          null,
          null,
          url,
          null,
          stamps(actsOn),
          deadline.toMillis(),
          settings);
    }

    static Entry of(String hook, HookAction revert, List<Long> actsOn, Duration deadline) {
      HookAction.Call call = revert instanceof HookAction.Call c ? c : null;
      HookAction.Command command = revert instanceof HookAction.Command c ? c : null;
      ProcessHandle self = ProcessHandle.current();
      return new Entry(
          SCHEMA,
          self.pid(),
          started(self),
          hook,
          command == null ? null : command.words(),
          call == null ? null : call.method(),
          call == null ? null : call.url(),
          call == null ? null : call.body(),
          stamps(actsOn),
          deadline.toMillis());
    }

    private static @Nullable List<String> stamps(List<Long> actsOn) {
      return actsOn.isEmpty() ? null : actsOn.stream().map(Entry::stamp).toList();
    }

    private static String stamp(long pid) {
      return pid + " " + ProcessHandle.of(pid).map(Entry::started).orElse("");
    }

    /** Whether all subjects it acts on have ended, and what was done to them with them. */
    boolean isMoot() {
      return acts != null
          && acts.stream()
              .noneMatch(
                  one -> {
                    long subject = Long.parseLong(one.substring(0, one.indexOf(' ')));
                    return ProcessHandle.of(subject).map(ProcessHandle::isAlive).orElse(false)
                        && stamp(subject).equals(one);
                  });
    }

    HookAction revert() {
      return words != null
          ? new HookAction.Command(words)
          : new HookAction.Call(
              String.valueOf(method), String.valueOf(url), body == null ? "" : body);
    }

    /** Undoes it; what went wrong, or null. */
    @Nullable String undo(World world) throws InterruptedException {
      return settings != null && url != null
          ? MonkeyInForce.restore(url, settings)
          : new HookCall(world).perform(revert(), Duration.ofMillis(deadlineMillis));
    }

    /** What undoes it, in one line for people. */
    String shown() {
      return settings != null
          ? "the settings that the Chaos Monkey at " + url + " had"
          : HookCall.shown(revert());
    }

    /** Whether exactly one way to undo it is told. */
    boolean isWhole() {
      return settings != null
          ? url != null && words == null && method == null
          : words == null == (method != null);
    }

    /** Whether the run that wrote it goes on; a pid alone may have been given to another. */
    boolean isOthers() {
      return pid != ProcessHandle.current().pid()
          && ProcessHandle.of(pid).map(handle -> started(handle).equals(started)).orElse(false);
    }

    private static String started(ProcessHandle handle) {
      return handle.info().startInstant().map(Instant::toString).orElse("");
    }
  }

  /**
   * Writes down what has to be undone; it is on the disk when this returns.
   *
   * @return the file, to be deleted once it is undone
   */
  static Path write(World world, Entry entry) throws IOException {
    Path folder = world.pending();
    Files.createDirectories(folder);
    Path ignore = folder.resolve(".gitignore");
    if (!Files.exists(ignore)) {
      Files.writeString(ignore, "*\n");
    }
    Path file = folder.resolve(UUID.randomUUID() + ENDING);
    Path part = folder.resolve(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(Json.mapper().writeValueAsBytes(entry));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    force(folder);
    return file;
  }

  /** The entry of the folder as well; systems that cannot open one keep it by themselves. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notHere) {
      // Windows opens no folders.
    }
  }

  /**
   * Undoes what runs that were killed have left, and says so. What a run that still goes on has
   * written down is its own.
   *
   * @return one sentence for each that is done
   * @throws RevertFailure when one of them still cannot be undone
   * @throws InputException when one of the files is damaged
   */
  public static List<String> settle(World world) throws InterruptedException {
    List<String> told = new ArrayList<>();
    for (Path file : files(world)) {
      Entry entry = read(file);
      if (entry == null || entry.isOthers() || LiveHooks.holds(file)) {
        continue;
      }
      String problem =
          entry.settings() != null && entry.isMoot() ? "its service has ended" : entry.undo(world);
      if (problem != null && !entry.isMoot()) {
        throw failure("that an earlier run has left", entry, problem, file);
      }
      delete(file);
      told.add(
          "an earlier run was killed while a fault was in force ("
              + entry.hook()
              + (problem == null
                  ? "); it is undone now: " + entry.shown()
                  : "); what it acted on is gone as well"));
    }
    return told;
  }

  /** What to throw when an entry cannot be undone. */
  static RevertFailure failure(String which, Entry entry, String problem, Path file) {
    return new RevertFailure(
        "the fault '"
            + entry.hook()
            + "' "
            + which
            + " could not be undone: "
            + entry.shown()
            + ": "
            + problem,
        "mend it and start again, which tries first; or undo it by hand, and delete " + file);
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(World world) {
    if (!Files.isDirectory(world.pending())) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(world.pending())) {
      return all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      throw damaged(world.pending(), e);
    }
  }

  private static @Nullable Entry read(Path file) {
    ObjectMapper mapper = Json.mapper();
    try {
      Entry entry = mapper.readValue(Files.readAllBytes(file), Entry.class);
      if (entry.schema() != SCHEMA || !entry.isWhole()) {
        throw new IOException("it is of another version, or tells no revert");
      }
      entry.shown();
      return entry;
    } catch (NoSuchFileException doneByItsOwner) {
      return null;
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(file, e);
    }
  }

  private static InputException damaged(Path file, Exception e) {
    return new InputException(
        Location.of(file.toString()),
        "what an earlier run has to undo cannot be read: " + e.getMessage(),
        "undo by hand what the profile's hook has injected, then delete this file");
  }
}
