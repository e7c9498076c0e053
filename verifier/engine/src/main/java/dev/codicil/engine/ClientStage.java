package dev.codicil.engine;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Injector;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.storm.proxy.StubBook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which storms a client in this process meets where no proxy stands between it and whom it calls:
 * those that a {@link ConsumerStage} would strike the same exchange with. Safe for several threads.
 */
public final class ClientStage {
  private final StageContracts contracts;
  private final ConsumerStage.Request request;
  private final Map<String, StubBook> books = new TreeMap<>();
  private final Map<String, List<ConsumerStage.Storm>> planned = new ConcurrentHashMap<>();

  /**
   * An exchange as its contract knows it.
   *
   * @param provider who is called
   * @param interaction what is asked
   */
  public record Called(String provider, HttpInteraction interaction) {}

  /**
   * Reads what is needed to plan.
   *
   * @param request its provider may be empty: then each exchange says by itself whose it is
   * @throws InputException when no contract describes the provider, or a profile cannot be read
   */
  public ClientStage(StageContracts contracts, ConsumerStage.Request request) {
    this.contracts = contracts;
    this.request = request;
    if (request.provider().isEmpty()) {
      for (String provider : contracts.providers()) {
        List<HttpInteraction> known = contracts.known(provider, request.consumer());
        if (!known.isEmpty()) {
          books.put(provider, new StubBook(known));
        }
      }
    } else {
      books.put(
          request.provider(),
          new StubBook(contracts.before(request.provider(), request.consumer())));
    }
  }

  /** The chosen weather, as its profiles have it. */
  public List<ChaosProfile> profiles() {
    return contracts.profiles(request.profiles());
  }

  /** The fault that an entry of a profile names. */
  public static Fault fault(ChaosProfile.Entry entry) {
    return Preparation.fault(entry.fault());
  }

  /**
   * Which interaction of which contract an exchange is.
   *
   * @throws InputException when it is none, or several providers have one that fits
   */
  public Called called(HttpRequest exchange) {
    TreeMap<String, HttpInteraction> fitting = new TreeMap<>();
    books.forEach(
        (provider, book) -> {
          Optional<StubBook.Match> match = book.find(exchange);
          match.ifPresent(found -> fitting.put(provider, found.interaction()));
        });
    String line = exchange.method() + " " + exchange.path();
    if (fitting.isEmpty()) {
      throw new InputException(
          Location.of(contracts.project().contracts()),
          "no contract of " + String.join(", ", books.keySet()) + " has an interaction for " + line,
          "add it to the contract, or send the request without the storm");
    }
    if (fitting.size() > 1) {
      throw new InputException(
          Location.of(contracts.project().contracts()),
          line + " may belong to the contracts of " + String.join(" and ", fitting.keySet()),
          "say which with provider(...)");
    }
    return new Called(fitting.firstKey(), fitting.firstEntry().getValue());
  }

  /** Every way in which the weather strikes that interaction. */
  public List<ConsumerStage.Storm> storms(Called called) {
    return planned.computeIfAbsent(
        called.provider()
            + ' '
            + called.interaction().key()
            + ' '
            + called.interaction().location(),
        key ->
            StageStorms.of(
                contracts,
                of(called.provider()),
                List.of(called.interaction()),
                List.of(called.interaction())));
  }

  /** Id of the edge on which that provider is called. */
  public String edge(String provider) {
    return StageStorms.edge(of(provider));
  }

  /** What a storm does to each message. */
  public Injector injector(ConsumerStage.Storm storm) {
    return StageStorms.injector(request, storm);
  }

  private ConsumerStage.Request of(String provider) {
    return new ConsumerStage.Request(
        provider, request.consumer(), request.test(), request.profiles(), request.seed());
  }
}
