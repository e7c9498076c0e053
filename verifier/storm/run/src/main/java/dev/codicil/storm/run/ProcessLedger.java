package dev.codicil.storm.run;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one lane, written down as they start, so that the next start can end what a
 * Codicil that was killed has left running or standing still.
 */
public final class ProcessLedger implements AutoCloseable {
  private static final int SCHEMA = 1;
  private static final String ENDING = ".json";

  /** What cannot end by itself in this time, as what stands still, is ended by force. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Path file;
  private final String mark;
  private final @Nullable String containers;
  private final Set<String> processes = new LinkedHashSet<>();

  /**
   * As it is written down.
   *
   * @param pid of the Codicil that wrote it, with the moment it was {@code started}
   * @param mark entry of the environment of all processes of the lane, {@code NAME=VALUE}
   * @param processes each as {@code PID STARTED}
   * @param containers label of the lane's containers; null when it has none
   */
  record Entry(
      int schema,
      long pid,
      String started,
      String mark,
      List<String> processes,
      @Nullable String containers) {
    Entry {
      if (schema != SCHEMA
          || mark.indexOf('=') < 1
          || !processes.stream().allMatch(one -> one.matches("[0-9]{1,18} .*"))) {
        throw new IllegalArgumentException("it is of another version, or names no processes");
      }
      processes = List.copyOf(processes);
    }

    /** Whether the run that wrote it goes on; a pid alone may have been given to another. */
    boolean isOthers() {
      return ProcessHandle.of(pid)
          .map(handle -> handle.isAlive() && ProcessLedger.started(handle).equals(started))
          .orElse(false);
    }
  }

  private ProcessLedger(Path file, String mark, @Nullable String containers) {
    this.file = file;
    this.mark = mark;
    this.containers = containers;
  }

  /** The folder of all ledgers of a project. */
  static Path folder(World world) {
    return world.pending().resolveSibling("processes");
  }

  /**
   * Begins one, before anything is started.
   *
   * @param mark entry of the environment of all processes of the lane
   */
  static ProcessLedger open(World world, String mark) throws IOException {
    return open(world, mark, null);
  }

  /**
   * The same, for a lane that has containers as well.
   *
   * @param containers their label; null for none
   */
  static ProcessLedger open(World world, String mark, @Nullable String containers)
      throws IOException {
    Path folder = folder(world);
    Files.createDirectories(folder);
    Path ignore = folder.resolve(".gitignore");
    if (!Files.exists(ignore)) {
      Files.writeString(ignore, "*\n");
    }
    ProcessLedger ledger =
        new ProcessLedger(folder.resolve(UUID.randomUUID() + ENDING), mark, containers);
    ledger.write();
    return ledger;
  }

  /** Writes down one more process. */
  synchronized void add(ProcessHandle process) throws IOException {
    processes.add(stamp(process));
    write();
  }

  private synchronized void write() throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(
        part,
        Json.mapper()
            .writeValueAsBytes(
                new Entry(
                    SCHEMA, self.pid(), started(self), mark, List.copyOf(processes), containers)));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** All of them have ended. */
  @Override
  public synchronized void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      // The next start finds that nothing of it runs.
    }
  }

  /**
   * Ends what runs that were killed have left. What a run that still goes on has written down is
   * its own.
   *
   * @return one sentence for each run of which something was left
   * @throws InputException when one of the files is damaged
   */
  public static List<String> settle(World world) {
    return settle(
        world,
        () -> {
          throw new ContainerFailure("no container engine is known here", "");
        });
  }

  /**
   * The same, with the containers.
   *
   * @param engines asked only when a run that was killed had containers
   */
  public static List<String> settle(World world, ContainerEngine.Finder engines) {
    List<Path> files = files(folder(world));
    Set<String> taken = new LinkedHashSet<>();
    List<Path> left = new ArrayList<>();
    for (Path file : files) {
      Entry entry = read(file);
      if (entry != null && entry.isOthers()) {
        taken.add(entry.mark());
      } else if (entry != null) {
        left.add(file);
      }
    }
    List<String> told = new ArrayList<>();
    for (Path file : left) {
      Entry entry = read(file);
      if (entry == null) {
        continue;
      }
      // First, for what runs in them may be seen as a process as well.
      boolean removed = removeContainers(entry, engines, told);
      List<ProcessHandle> alive = alive(entry, taken);
      ProcessTree.stop(alive, GRACE);
      if (!alive.isEmpty()) {
        told.add(
            "an earlier run was killed and left "
                + (alive.size() == 1 ? "a process" : alive.size() + " processes")
                + " of its subjects, which "
                + (alive.size() == 1 ? "is" : "are")
                + " ended now");
      }
      if (!removed) {
        continue; // it is tried again at the next start
      }
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return told;
  }

  private static boolean removeContainers(
      Entry entry, ContainerEngine.Finder engines, List<String> told) {
    String label = entry.containers();
    if (label == null) {
      return true;
    }
    try {
      int left = engines.find().remove(label);
      if (left > 0) {
        told.add(
            "an earlier run was killed and left "
                + (left == 1 ? "a container" : left + " containers")
                + " of its subjects, which "
                + (left == 1 ? "is" : "are")
                + " removed now");
      }
      return true;
    } catch (ContainerFailure unanswered) {
      told.add(
          "an earlier run was killed, and containers that it may have left could not be removed: "
              + unanswered.text());
      return false;
    }
  }

  private static List<ProcessHandle> alive(Entry entry, Set<String> taken) {
    Set<ProcessHandle> alive = new LinkedHashSet<>();
    for (String process : entry.processes()) {
      ProcessHandle.of(Long.parseLong(process.substring(0, process.indexOf(' '))))
          .filter(handle -> handle.isAlive() && stamp(handle).equals(process))
          .ifPresent(handle -> alive.addAll(ProcessTree.of(handle)));
    }
    if (!taken.contains(entry.mark())) {
      long self = ProcessHandle.current().pid();
      ProcessTree.marked(entry.mark()).stream()
          .filter(pid -> pid != self)
          .map(ProcessHandle::of)
          .flatMap(Optional::stream)
          .filter(ProcessHandle::isAlive)
          .forEach(alive::add);
    }
    return List.copyOf(alive);
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      throw damaged(folder, e);
    }
  }

  private static @Nullable Entry read(Path file) {
    try {
      return Json.mapper().readValue(Files.readAllBytes(file), Entry.class);
    } catch (NoSuchFileException doneByItsOwner) {
      return null;
    } catch (IOException | RuntimeException e) {
      throw damaged(file, e);
    }
  }

  private static InputException damaged(Path file, Exception e) {
    return new InputException(
        Location.of(file.toString()),
        "what an earlier run has left running cannot be read: " + e.getMessage(),
        "end its processes by hand, should there be any, then delete this file");
  }

  private static String stamp(ProcessHandle process) {
    return process.pid() + " " + started(process);
  }

  private static String started(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toString).orElse("");
  }
}
