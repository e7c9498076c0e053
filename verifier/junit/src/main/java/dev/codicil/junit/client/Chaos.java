package dev.codicil.junit.client;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Nearest;
import dev.codicil.engine.ClientStage;
import dev.codicil.engine.ConsumerStage;
import dev.codicil.engine.ConsumerStage.Storm;
import dev.codicil.engine.StageContracts;
import dev.codicil.engine.Verification;
import dev.codicil.junit.ProjectRoot;
import dev.codicil.storm.run.RunListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The weather of a client that is tested without a proxy: which profiles strike, whose contracts
 * say what can be struck, and how long is waited. Immutable; what it says is performed by {@link
 * ChaosFilter}, {@link ChaosInterceptor} or {@link ChaosHttpClient}.
 *
 * <p>Each storm of a profile (one fault set) strikes in its turn: the first exchange of an
 * interaction meets the first storm, the second the second, and so on. {@link #each} gives them one
 * by one, for parameterized tests.
 */
public final class Chaos {
  private static final Duration DEFAULT_BUDGET = Duration.ofSeconds(2);

  private static final Map<Path, StageContracts> READ = new ConcurrentHashMap<>();

  private final String root;
  private final List<String> profiles;
  private final String provider;
  private final String consumer;
  private final String test;
  private final long seed;
  private final Set<String> only;
  private final Set<String> without;
  private final @Nullable Duration timeout;
  private final Duration budget;
  private final boolean waits;
  private final @Nullable Storm pinned;

  private Chaos(Draft draft) {
    this.root = draft.root;
    this.profiles = List.copyOf(draft.profiles);
    this.provider = draft.provider;
    this.consumer = draft.consumer;
    this.test = draft.test;
    this.seed = draft.seed;
    this.only = Set.copyOf(draft.only);
    this.without = Set.copyOf(draft.without);
    this.timeout = draft.timeout;
    this.budget = draft.budget;
    this.waits = draft.waits;
    this.pinned = draft.pinned;
  }

  /** What is being chosen. */
  private static final class Draft {
    private String root = System.getProperty(ProjectRoot.PROPERTY, "");
    private List<String> profiles = List.of();
    private String provider = "";
    private String consumer = "";
    private String test = "test";
    private long seed = 1;
    private Set<String> only = Set.of();
    private Set<String> without = Set.of();
    private @Nullable Duration timeout;
    private Duration budget = DEFAULT_BUDGET;
    private boolean waits = true;
    private @Nullable Storm pinned;
  }

  private Draft draft() {
    Draft draft = new Draft();
    draft.root = root;
    draft.profiles = profiles;
    draft.provider = provider;
    draft.consumer = consumer;
    draft.test = test;
    draft.seed = seed;
    draft.only = only;
    draft.without = without;
    draft.timeout = timeout;
    draft.budget = budget;
    draft.waits = waits;
    draft.pinned = pinned;
    return draft;
  }

  /**
   * The weather of some profiles.
   *
   * @param profiles names of chaos profiles; none for those of the project
   */
  public static Chaos of(String... profiles) {
    Draft draft = new Draft();
    draft.profiles = List.of(profiles);
    return new Chaos(draft);
  }

  /**
   * Folder of the project; else what {@value ProjectRoot#PROPERTY} says, else the nearest folder
   * with a {@code codicil.yaml}.
   */
  public Chaos root(Path folder) {
    Draft draft = draft();
    draft.root = folder.toString();
    return new Chaos(draft);
  }

  /** Whom the client calls; else the contracts say whose an exchange is. */
  public Chaos provider(String name) {
    Draft draft = draft();
    draft.provider = name;
    return new Chaos(draft);
  }

  /** Whose examples count; any consumer's unless set. */
  public Chaos consumer(String name) {
    Draft draft = draft();
    draft.consumer = name;
    return new Chaos(draft);
  }

  /**
   * Stable name of the test, which ids and draws depend on: with {@code Class.method} of an {@code
   * AmendmentTest} the same is drawn as there.
   */
  public Chaos test(String name) {
    Draft draft = draft();
    draft.test = name;
    return new Chaos(draft);
  }

  /** Seed of all draws; 1 unless set. */
  public Chaos seed(long number) {
    Draft draft = draft();
    draft.seed = number;
    return new Chaos(draft);
  }

  /** Leaves all but these faults of the profiles out, by their ids. */
  public Chaos only(String... faults) {
    Draft draft = draft();
    draft.only = Set.of(faults);
    return new Chaos(draft);
  }

  /** Leaves these faults of the profiles out, by their ids. */
  public Chaos without(String... faults) {
    Draft draft = draft();
    draft.without = Set.of(faults);
    return new Chaos(draft);
  }

  /** How long the client waits for a reply, where it does not tell so itself. */
  public Chaos timeout(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("a time-out must be above zero: " + time);
    }
    Draft draft = draft();
    draft.timeout = time;
    return new Chaos(draft);
  }

  /**
   * How long a client without a time-out may hang before the test is failed; 2 s unless set.
   *
   * @see Hung
   */
  public Chaos timeBudget(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("a time budget must be above zero: " + time);
    }
    Draft draft = draft();
    draft.budget = time;
    return new Chaos(draft);
  }

  /**
   * Ends exchanges at once that would end at the client's time-out, without the wait. For clients
   * around which nothing else measures time.
   */
  public Chaos withoutWaiting() {
    Draft draft = draft();
    draft.waits = false;
    return new Chaos(draft);
  }

  /**
   * The storms that strike one operation, each as a weather of its own in which every exchange
   * meets that one storm, as in a cell of an {@code AmendmentTest}.
   *
   * @param method of the request
   * @param path of the request
   * @return at least one, in the order of the profiles
   * @throws InputException when the operation is in no contract, or nothing strikes it
   */
  public List<Chaos> each(String method, String path) {
    ClientStage stage = stage(true);
    ClientStage.Called called =
        stage.called(
            new HttpRequest(
                method,
                path,
                dev.codicil.contract.Headers.NONE,
                dev.codicil.contract.Payload.EMPTY));
    List<Chaos> all = new ArrayList<>();
    for (Storm storm : storms(stage, called)) {
      Draft draft = draft();
      draft.provider = called.provider();
      draft.pinned = storm;
      all.add(new Chaos(draft));
    }
    if (all.isEmpty()) {
      throw new InputException(
          called.interaction().location(),
          "no fault of " + this + " strikes " + method + " " + path,
          "choose another profile");
    }
    return all;
  }

  /**
   * What is needed to plan, read once a project.
   *
   * @param repeats whether the client can send one request twice
   * @throws InputException when a fault of the profiles cannot be performed in process
   */
  ClientStage stage(boolean repeats) {
    StageContracts contracts =
        READ.computeIfAbsent(
            ProjectRoot.of(root),
            key -> StageContracts.of(Verification.of(key, RunListener.SILENT), "", ""));
    ClientStage stage =
        new ClientStage(
            contracts, new ConsumerStage.Request(provider, consumer, test, profiles, seed));
    check(stage.profiles(), repeats);
    return stage;
  }

  private void check(List<ChaosProfile> read, boolean repeats) {
    Set<String> known = new TreeSet<>();
    for (ChaosProfile profile : read) {
      profile.all().forEach(entry -> known.add(entry.fault()));
    }
    for (Set<String> named : List.of(only, without)) {
      for (String fault : named) {
        if (!known.contains(fault)) {
          throw new InputException(
              read.get(0).location(),
              "has no fault '" + fault + "'",
              Nearest.to(fault, known).map(near -> "did you mean '" + near + "'? ").orElse("")
                  + "faults are "
                  + known);
        }
      }
    }
    Storm one = pinned;
    Predicate<String> wanted =
        one == null ? this::chosen : one.experiment().faults().ids()::contains;
    read.forEach(profile -> InProcess.check(profile, entry -> wanted.test(entry.fault()), repeats));
  }

  private boolean chosen(String fault) {
    return !without.contains(fault) && (only.isEmpty() || only.contains(fault));
  }

  /** The chosen storms that strike an interaction. */
  List<Storm> storms(ClientStage stage, ClientStage.Called called) {
    if (pinned != null) {
      return List.of(pinned);
    }
    return stage.storms(called).stream()
        .filter(storm -> storm.experiment().faults().ids().stream().allMatch(this::chosen))
        .toList();
  }

  /** How long the client waits: what it says itself, else what was declared; null for ever. */
  @Nullable Duration patience(@Nullable Duration told) {
    return told != null ? told : timeout;
  }

  Duration budget() {
    return budget;
  }

  boolean waits() {
    return waits;
  }

  /** What strikes: the storm where there is one, else the names of the profiles. */
  @Override
  public String toString() {
    Storm one = pinned;
    return one != null
        ? one.label()
        : profiles.isEmpty() ? "the project's profiles" : String.join(", ", profiles);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof Chaos that
            && root.equals(that.root)
            && profiles.equals(that.profiles)
            && provider.equals(that.provider)
            && consumer.equals(that.consumer)
            && test.equals(that.test)
            && seed == that.seed
            && only.equals(that.only)
            && without.equals(that.without)
            && Objects.equals(timeout, that.timeout)
            && budget.equals(that.budget)
            && waits == that.waits
            && Objects.equals(pinned, that.pinned);
  }

  @Override
  public int hashCode() {
    return Objects.hash(profiles, provider, consumer, test, seed, only, without);
  }
}
