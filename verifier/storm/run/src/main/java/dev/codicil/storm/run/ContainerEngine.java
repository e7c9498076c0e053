package dev.codicil.storm.run;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs subjects in containers. Its one implementation is in a module of its own, which may be
 * absent. Safe for several threads.
 */
public interface ContainerEngine {

  /** Finds the engine of this machine. */
  interface Finder {
    /**
     * The engine, asked for once.
     *
     * @throws ContainerFailure when none answers, or it cannot be used
     */
    ContainerEngine find();
  }

  /** When an image is fetched from its registry. */
  enum Pull {
    /** When it is not on this machine. */
    MISSING,
    /** Each time. */
    ALWAYS,
    /** Never: it must be there. */
    NEVER
  }

  /**
   * Makes sure that an image is there.
   *
   * @param name as {@code NAME[:TAG]}, {@code NAME@sha256:...}, or an id
   * @return its id, which stays the same when its name is given to another
   * @throws ContainerFailure when it is not to be had
   */
  String image(String name, Pull pull);

  /** The name under which containers reach this machine. */
  String host();

  /**
   * The address of this machine at which containers reach it, where that is not the loopback; empty
   * where what listens on the loopback is reached from containers as well.
   */
  Optional<InetAddress> gateway();

  /**
   * Starts a container, and waits for nothing else.
   *
   * @throws ContainerFailure when it cannot be started; nothing of it is left then
   */
  Running start(Wanted wanted);

  /**
   * Removes all containers and networks of a lane, also those that run or stand still.
   *
   * @param lane as in {@link Wanted}
   * @return how many containers there were
   * @throws ContainerFailure when the engine does not answer, or some are left
   */
  int remove(String lane);

  /**
   * A container that is wanted.
   *
   * @param lane label by which all that belongs together is found again
   * @param labels for people
   * @param hostname how it knows itself
   * @param image id
   * @param command what runs in it; empty for what the image says
   * @param env environment, beside that of the image
   * @param port on which it listens inside; published on 127.0.0.1 only
   * @param folder of this machine that it sees under the same path, and may write to
   * @param hosts file of this machine that it sees as {@code /etc/hosts}; null for its own
   */
  record Wanted(
      String lane,
      Map<String, String> labels,
      String hostname,
      String image,
      List<String> command,
      Map<String, String> env,
      int port,
      Path folder,
      @Nullable Path hosts) {
    public Wanted {
      labels = Map.copyOf(labels);
      command = List.copyOf(command);
      env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }
  }

  /** A container that was started. All of its methods may throw {@link ContainerFailure}. */
  interface Running {
    /** As the engine has it. */
    String id();

    /** The port of 127.0.0.1 on which it is called. */
    int port();

    /** What it prints, from its start to its end, in order. */
    InputStream output();

    /** Whether it runs, or stands still. */
    boolean alive();

    /** With what it ended; -1 when it did not. */
    int exitCode();

    /** Processes of it that this machine shows as its own; empty when that is not so. */
    List<ProcessHandle> visible();

    /** Ends it at once (SIGKILL), also when it stands still; returns when it is gone. */
    void kill();

    /** Asks it to end (SIGTERM), and waits for nothing. */
    void terminate();

    /** Lets all of it stand still. */
    void pause();

    /** Lets it go on. */
    void resume();

    /** Takes it away, whatever it does. Idempotent. */
    void remove();
  }
}
