package dev.codicil.engine.pacts;

import dev.codicil.contract.Contract;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.config.BrokerDeclaration;
import dev.codicil.engine.config.BrokerDeclaration.Access;
import dev.codicil.engine.config.BrokerDeclaration.Base;
import dev.codicil.engine.config.BrokerDeclaration.Reading;
import dev.codicil.pactbroker.BrokerAddress;
import dev.codicil.pactbroker.BrokerFailure;
import dev.codicil.pactbroker.BrokerPact;
import dev.codicil.pactbroker.Limits;
import dev.codicil.pactbroker.Login;
import dev.codicil.pactbroker.PactBrokerClient;
import dev.codicil.pactbroker.PactsQuery;
import dev.codicil.pactbroker.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is asked of the declared broker, once each: all amendments of a run see the same pacts. */
public final class BrokerCalls {
  /** Fills in {@code ${VAR}}. */
  @FunctionalInterface
  public interface Variables {
    /**
     * @throws InputException when a variable is not set
     */
    String resolve(String text, Location location);
  }

  /** How a base is named whose pacts the broker has: {@code broker:}, then selectors. */
  public static final String BASE = "broker:";

  private static final String REMEDY = "see docs/broker.md";

  private final BrokerDeclaration declared;
  private final Collection<String> subjects;
  private final Variables variables;
  private final Consumer<String> progress;
  private final @Nullable String branch;
  private final Map<String, PactFiles> bases = new TreeMap<>();
  private final Set<String> secrets = new TreeSet<>();
  private @Nullable PactFiles read;

  /**
   * @param declared what the project has of a broker
   * @param subjects names of the project's subjects
   * @param branch the provider's branch in place of the declared one; null for that
   * @param progress told in one line before the broker is asked
   */
  public BrokerCalls(
      BrokerDeclaration declared,
      Collection<String> subjects,
      @Nullable String branch,
      Variables variables,
      Consumer<String> progress) {
    this.declared = declared;
    this.subjects = List.copyOf(subjects);
    this.branch = branch;
    this.variables = variables;
    this.progress = progress;
  }

  /**
   * The pacts that both sides are held to.
   *
   * @throws InputException when they cannot be had whole
   */
  public synchronized PactFiles pacts() {
    PactFiles known = read;
    if (known == null) {
      Reading reading = declared.reading();
      known = reading == null ? PactFiles.NONE : read(reading);
      read = known;
    }
    return known;
  }

  /**
   * The same, where they are what was asked for.
   *
   * @throws InputException when none are declared, too
   */
  public PactFiles declaredPacts() {
    if (declared.reading() == null) {
      throw new InputException(
          Location.of("codicil.yaml"),
          "contracts name no Pact Broker",
          "add one: contracts: [contracts/, { broker: https://HOST }]");
    }
    return pacts();
  }

  private PactFiles read(Reading reading) {
    Access access = access(reading.location());
    Collection<String> providers = reading.providers().isEmpty() ? subjects : reading.providers();
    String own = branch;
    if (own == null && reading.providerVersionBranch() != null) {
      own = variables.resolve(reading.providerVersionBranch(), reading.location());
    }
    PactsQuery query;
    try {
      query =
          new PactsQuery(
              reading.selectors(),
              own,
              reading.includePendingStatus(),
              reading.includeWipPactsSince());
    } catch (IllegalArgumentException wrong) {
      throw new InputException(
          reading.location(),
          String.valueOf(wrong.getMessage()),
          "add providerVersionBranch, or name it by --branch");
    }
    if (providers.isEmpty()) {
      throw new InputException(
          reading.location(),
          "it is not known whose pacts to read: there are no subjects",
          "add 'providers: [NAME]'");
    }
    BrokerAddress address = address(access);
    List<BrokerPact> pacts = new ArrayList<>();
    Map<String, String> lacking = new TreeMap<>();
    boolean[] anyKnown = {false};
    with(
        access,
        address,
        client -> {
          for (String provider : providers) {
            Optional<List<BrokerPact>> found = client.pactsForVerification(provider, query);
            if (found.isEmpty() && !reading.providers().isEmpty()) {
              lacking.put(
                  PactFile.PREFIX + provider,
                  "the broker at " + address.shown() + " does not know the provider " + provider);
            }
            found.ifPresent(pacts::addAll);
            anyKnown[0] |= found.isPresent();
          }
        });
    if (pacts.isEmpty() && lacking.isEmpty()) {
      lacking.put(
          PactFile.PREFIX + address.shown(),
          anyKnown[0]
              ? "no pact at this broker matches the selectors, for the providers "
                  + new TreeSet<>(providers)
              : "this broker knows none of the providers " + new TreeSet<>(providers));
    }
    return PactFiles.of(pacts, lacking, false);
  }

  /**
   * The pacts of the side before, in place of the tree's own.
   *
   * @param named {@code broker:}, followed by selectors in their short form, with commas between;
   *     without any, the declared ones
   * @param relied contracts of the tree: pacts of the same consumers and providers are asked for
   * @throws InputException when they cannot be had whole
   */
  public synchronized PactFiles base(String named, List<Contract> relied) {
    PactFiles known = bases.get(named);
    if (known == null) {
      known = readBase(named, relied);
      bases.put(named, known);
    }
    return known;
  }

  private PactFiles readBase(String named, List<Contract> relied) {
    Location at =
        declared.base() == null ? Location.of("--base " + named) : declared.base().location();
    List<Selector> selectors = selectors(named, at);
    Access access = access(at);
    BrokerAddress address = address(access);
    Map<String, TreeSet<String>> consumers = new TreeMap<>();
    for (Contract contract : relied) {
      if (contract.consumer() != null && contract.format().equals("pact")) {
        consumers
            .computeIfAbsent(contract.provider(), provider -> new TreeSet<>())
            .add(contract.consumer());
      }
    }
    if (consumers.isEmpty()) {
      throw new InputException(
          at,
          "there is no pact in the amended side that the broker's could be compared with",
          "run the tests that write them first, or name another base");
    }
    List<BrokerPact> pacts = new ArrayList<>();
    Map<String, String> lacking = new TreeMap<>();
    with(
        access,
        address,
        client -> {
          for (Map.Entry<String, TreeSet<String>> pair : consumers.entrySet()) {
            List<Selector> own = new ArrayList<>();
            for (Selector selector : selectors) {
              pair.getValue().forEach(consumer -> own.add(selector.of(consumer)));
            }
            client.pactsForVerification(pair.getKey(), PactsQuery.of(own)).stream()
                .flatMap(List::stream)
                .filter(pact -> pair.getValue().contains(pact.consumer()))
                .forEach(pacts::add);
          }
        });
    if (pacts.isEmpty()) {
      lacking.put(
          PactFile.PREFIX + address.shown(),
          "no pact at this broker matches the base, of the consumers " + consumers);
    }
    return PactFiles.of(pacts, lacking, true);
  }

  private List<Selector> selectors(String named, Location at) {
    String text = named.substring(BASE.length());
    Base base = declared.base();
    if (text.isEmpty()) {
      if (base == null) {
        throw new InputException(
            at, "no selector says which pacts", "such as broker:mainBranch or broker:tag=prod");
      }
      return base.selectors();
    }
    List<Selector> selectors = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        selectors.add(Selector.parse(part));
      } catch (IllegalArgumentException wrong) {
        throw new InputException(
            Location.of("--base " + named),
            String.valueOf(wrong.getMessage()),
            "such as broker:mainBranch, broker:branch=main or broker:environment=production");
      }
    }
    return selectors;
  }

  /** What was given to the broker and must be recorded nowhere; a service may have it too. */
  public synchronized Set<String> secrets() {
    return Set.copyOf(secrets);
  }

  /** What is done with a client. */
  @FunctionalInterface
  interface Work {
    void with(PactBrokerClient client) throws BrokerFailure;
  }

  /** Does something at the broker; what fails is told at its declaration. */
  void with(Access access, BrokerAddress address, Work work) {
    progress.accept("asking the Pact Broker at " + address.shown());
    Limits limits =
        access.timeout() == null ? Limits.DEFAULT : Limits.DEFAULT.within(access.timeout());
    try {
      work.with(new PactBrokerClient(address, limits));
    } catch (BrokerFailure failure) {
      throw told(failure, access);
    }
  }

  static InputException told(BrokerFailure failure, Access access) {
    return new InputException(access.location(), failure.what(), failure.remedy());
  }

  /**
   * Address of the declared broker, without a secret; empty without one.
   *
   * @throws InputException when it is none
   */
  public String address() {
    Access access = declared.access();
    return access == null ? "" : address(access).base().toString();
  }

  /** The declared broker. */
  Access access(Location at) {
    Access access = declared.access();
    if (access == null) {
      throw new InputException(
          at,
          "codicil.yaml declares no Pact Broker",
          "add one: contracts: [contracts/, { broker: https://HOST }]");
    }
    return access;
  }

  BrokerAddress address(Access access) {
    String bearer = access.bearer();
    String basic = access.basic();
    try {
      Login login =
          bearer != null
              ? Login.bearer(variables.resolve(bearer, access.location()))
              : basic != null ? Login.basic(variables.resolve(basic, access.location())) : null;
      if (login != null) {
        secrets.addAll(login.secrets());
      }
      return BrokerAddress.of(
          variables.resolve(access.url(), access.location()), login, access.insecure());
    } catch (IllegalArgumentException wrong) {
      throw new InputException(
          access.location(),
          String.valueOf(wrong.getMessage()),
          String.valueOf(wrong.getMessage()).contains("plain HTTP")
              ? "use https, or say 'insecure: true' where the network is your own"
              : REMEDY);
    }
  }
}
