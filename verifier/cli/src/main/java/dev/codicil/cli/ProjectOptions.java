package dev.codicil.cli;

import dev.codicil.chaos.Durations;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.Options;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.Project;
import dev.codicil.storm.run.RunListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that works on a project's amendments. */
final class ProjectOptions {
  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "Folder of codicil.yaml; default: where you are.")
  Path root = Path.of("");

  @Option(
      names = "--amendment",
      split = ",",
      paramLabel = "NAME",
      description = "These of the amendments folder, and no others.")
  List<String> named = new ArrayList<>();

  @Option(
      names = "--amendments",
      paramLabel = "DIR",
      description = "Folder of amendments; default: contracts/amendments.")
  @Nullable Path amendments;

  @Option(
      names = "--base",
      paramLabel = "REV|DIR",
      description = {
        "Before: revision or folder, or broker:SELECTOR for the pacts a broker has, such as",
        "broker:mainBranch; default: base in codicil.yaml, else the merge base."
      })
  @Nullable String base;

  @Option(
      names = "--head",
      paramLabel = "REV|DIR",
      description = "After: revision or folder; default: the work tree.")
  @Nullable String head;

  @Option(
      names = "--profiles",
      split = ",",
      paramLabel = "NAME",
      description = "Chaos profiles in place of the declared ones.")
  @Nullable List<String> profiles;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of all draws; default 1.")
  long seed = 1;

  @Option(
      names = "--budget",
      paramLabel = "CELLS",
      description = "Most cells to plan; what it cuts is told.")
  int budget = Integer.MAX_VALUE;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description =
          "How many groups of instances replay at once; default: concurrency in codicil.yaml, else"
              + " 1.")
  int concurrency;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where reports and histories go; default target/codicil.")
  @Nullable Path out;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "auto, always or never; default auto.")
  String color = "auto";

  @Option(
      names = "--trust-head",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = {
        "Whether the head says what is run; default yes. --no-trust-head, for changes of others:",
        "codicil.yaml, profiles and waivers are the base's, and no process sees a secret.",
        "Code of the head is built and run all the same."
      })
  boolean trustHead;

  @Option(
      names = "--expose",
      split = ",",
      paramLabel = "VAR",
      description = "With --no-trust-head: variables that may be seen, since they are no secrets.")
  List<String> exposed = new ArrayList<>();

  @Mixin ContractCode code;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  ProjectOptions() {}

  Path rootFolder() {
    return existing(root);
  }

  /**
   * A folder that the user named.
   *
   * @throws InputException when there is none
   */
  static Path existing(Path named) {
    Path folder = named.toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new InputException(Location.of(named.toString()), "there is no such folder", "");
    }
    return folder;
  }

  Path outFolder() {
    Path folder = out;
    return folder == null
        ? rootFolder().resolve("target").resolve("codicil")
        : folder.toAbsolutePath().normalize();
  }

  Options options(@Nullable String timeBudget, boolean resume, @Nullable String only) {
    Duration time = null;
    if (timeBudget != null) {
      try {
        time = Durations.parse(timeBudget);
      } catch (IllegalArgumentException e) {
        throw new UsageException("--time-budget: " + e.getMessage());
      }
    }
    if (budget < 1) {
      throw new UsageException("--budget: at least one cell");
    }
    if (concurrency < 0 || concurrency > Project.MOST_CONCURRENCY) {
      throw new UsageException("--concurrency: from 1 to " + Project.MOST_CONCURRENCY);
    }
    return new Options(profiles, seed, budget, time, concurrency, outFolder(), resume, only);
  }

  Verification verification(RunListener listener) {
    if (!trustHead) {
      return untrusted(listener);
    }
    if (!exposed.isEmpty()) {
      throw new UsageException("--expose is for --no-trust-head; without it nothing is hidden");
    }
    return Verification.of(rootFolder(), listener, code.programs());
  }

  private Verification untrusted(RunListener listener) {
    if (code.allowed) {
      throw new UsageException(
          "--allow-contract-code and --no-trust-head contradict each other: contracts that are"
              + " programs come with the head");
    }
    if (!named.isEmpty() || amendments != null) {
      throw new UsageException(
          "declared amendments come with the head: under --no-trust-head it is compared with its"
              + " base, so leave out --amendment and --amendments");
    }
    Verification verification =
        Verification.ofUntrusted(rootFolder(), base, head, Set.copyOf(exposed), listener);
    checkOut();
    return verification;
  }

  /** A link on the way to the reports would let the head say what is written over. */
  private void checkOut() {
    if (out != null) {
      return;
    }
    Path project = rootFolder();
    for (Path at = outFolder(); at != null && !at.equals(project); at = at.getParent()) {
      if (Files.isSymbolicLink(at)) {
        throw new InputException(
            Location.of(project.relativize(at).toString()),
            "is a link, and reports would be written where the head says",
            "name a folder of yours: --out DIR");
      }
    }
  }

  boolean colored() {
    return switch (color) {
      case "always" -> true;
      case "never" -> false;
      case "auto" -> Terminal.colored();
      default -> throw new UsageException("--color: auto, always or never, not '" + color + "'");
    };
  }

  /** Whether sides are compared that no amendment declares. */
  boolean adHoc(Verification verification) {
    return !trustHead
        || base != null
        || head != null
        || named.isEmpty() && verification.amendments(amendments).isEmpty();
  }

  /** Whether nothing limits the run to some of the project's amendments. */
  boolean allAmendments(Verification verification) {
    return named.isEmpty()
        && (base == null && head == null || verification.amendments(amendments).isEmpty());
  }

  /** The amendments that were asked for. */
  List<AmendmentSpec> specs(Verification verification) {
    if (!trustHead || base != null || head != null) {
      if (!named.isEmpty()) {
        throw new UsageException("--amendment names its own sides; leave out --base and --head");
      }
      return List.of(verification.adHoc(base, head));
    }
    List<AmendmentSpec> declared = verification.amendments(amendments);
    if (!named.isEmpty()) {
      try {
        return Verification.named(declared, named);
      } catch (NoSuchElementException unknown) {
        throw new UsageException(String.valueOf(unknown.getMessage()));
      }
    }
    if (declared.isEmpty() && amendments != null) {
      throw new InputException(
          Location.of(amendments.toString()),
          "no amendments in this folder",
          "add one, a folder each");
    }
    return declared.isEmpty() ? List.of(verification.adHoc(null, null)) : declared;
  }
}
