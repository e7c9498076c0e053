package dev.codicil.storm.run;

import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.ProviderState;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one side of a subject comes to life in one column. */
public sealed interface Launch {

  /** What runs as one or several nodes of our own, each a process or a container. */
  sealed interface NodeLaunch extends Launch permits ProcessLaunch, ContainerLaunch {
    /** What is added to the environment. */
    Map<String, String> env();

    /** Program and arguments; empty where the image of a container says it. */
    List<String> command();
  }

  /**
   * A process of its own. In command and environment {@code {port}}, {@code {side}}, {@code
   * {column}} and {@code {upstream.NAME}} (base address of the proxy edge, {@code
   * http://127.0.0.1:PORT}) are filled in when it starts; {@code ${VAR}} is the caller's to
   * resolve.
   *
   * @param workdir where it runs
   * @param command program and arguments, no shell
   * @param env added to Codicil's own environment, or to what is plain of it
   * @param plain whether it sees only the {@link PlainEnvironment} of Codicil's own
   */
  record ProcessLaunch(Path workdir, List<String> command, Map<String, String> env, boolean plain)
      implements NodeLaunch {
    /** A process that sees all of Codicil's own environment. */
    public ProcessLaunch(Path workdir, List<String> command, Map<String, String> env) {
      this(workdir, command, env, false);
    }

    public ProcessLaunch {
      command = List.copyOf(command);
      env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
      if (command.isEmpty()) {
        throw new IllegalArgumentException("a subject without a command in " + workdir);
      }
    }
  }

  /**
   * A container. In command and environment the same is filled in as for a process, with the
   * addresses that lead to the proxies from inside of it.
   *
   * @param engine runs it
   * @param image id of the image, which was there when this was made
   * @param shown what the user calls the image
   * @param command what runs in it; empty for what the image says
   * @param env added to that of the image; nothing of Codicil's own environment is
   * @param port on which it listens inside, {@code {port}}
   */
  record ContainerLaunch(
      ContainerEngine engine,
      String image,
      String shown,
      List<String> command,
      Map<String, String> env,
      int port)
      implements NodeLaunch {
    public ContainerLaunch {
      command = List.copyOf(command);
      env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }
  }

  /**
   * A stub that serves the side's contract.
   *
   * @param interactions what it answers
   */
  record StubLaunch(List<HttpInteraction> interactions) implements Launch {
    public StubLaunch {
      interactions = List.copyOf(interactions);
    }
  }

  /**
   * Something that runs already, such as the application of a test, and is neither started nor
   * stopped; {@link AttachedRun#at} says where.
   *
   * @param states sets up provider states; null to leave them to the subject's own state request
   */
  record AttachedLaunch(@Nullable StateSetup states) implements Launch {}

  /** Sets up provider states in this process. */
  interface StateSetup {
    /**
     * Sets one up.
     *
     * @throws Exception when it cannot be; the message says why
     */
    void set(ProviderState state) throws Exception;
  }

  /**
   * There is nothing to start.
   *
   * @param reason why, for people
   */
  record NotBuilt(String reason) implements Launch {}
}
