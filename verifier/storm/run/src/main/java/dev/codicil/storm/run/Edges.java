package dev.codicil.storm.run;

import dev.codicil.chaos.Effect.Resolve.Answer;
import dev.codicil.chaos.Injector;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.experiment.Peer;
import dev.codicil.experiment.Subject;
import dev.codicil.experiment.Upstream;
import dev.codicil.storm.proxy.EdgeLog;
import dev.codicil.storm.proxy.ExchangeNote;
import dev.codicil.storm.proxy.FaultProxy;
import dev.codicil.storm.proxy.Patience;
import dev.codicil.storm.proxy.StormLoop;
import dev.codicil.storm.proxy.StubServer;
import dev.codicil.storm.proxy.Tls;
import dev.codicil.storm.run.Launch.ContainerLaunch;
import dev.codicil.storm.run.Launch.StubLaunch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stubs of one lane and a fault proxy on every edge. Used by one thread at a time. */
final class Edges implements AutoCloseable {
  /** What says that an edge could not do what is expected of it, or ended what did not end. */
  private static final Set<ExchangeNote.Kind> TELLING =
      Set.of(
          ExchangeNote.Kind.PASSED_THROUGH,
          ExchangeNote.Kind.HTTP1_CHOSEN,
          ExchangeNote.Kind.UPGRADE_STRIPPED,
          ExchangeNote.Kind.MORE_INJECTIONS,
          ExchangeNote.Kind.SLOW_HEAD,
          ExchangeNote.Kind.STOOD_STILL);

  private final String column;
  private final Map<String, Launch> launches;
  private final Path shared;
  private final RunRequest request;
  private final StormLoop loop;
  private final Map<String, StubServer> upstreamStubs = new TreeMap<>();
  private final Map<String, StubServer> subjectStubs = new TreeMap<>();
  private final Map<String, FaultProxy> proxies = new TreeMap<>();
  private final Map<String, HostsFile> hosts = new TreeMap<>();

  /** By edge, the ports at which containers call, where those on the loopback are out of reach. */
  private final Map<String, List<Integer>> outer = new TreeMap<>();

  private final Set<String> remarks = new TreeSet<>();
  private @Nullable Trust trust;

  /** Tells of a subject that cannot be started. */
  interface Refusal {
    /** What to throw, once it is told. */
    Lane.Failure of(String subject, String kind, String message);
  }

  /**
   * @param launches what runs in the column, by subject
   * @param shared where files for the subjects may be put
   */
  Edges(
      String column,
      Map<String, Launch> launches,
      Path shared,
      RunRequest request,
      StormLoop loop) {
    this.column = column;
    this.launches = launches;
    this.shared = shared;
    this.request = request;
    this.loop = loop;
  }

  /** Stubs first, then all proxies, so that every address is known before a subject starts. */
  void bind(Refusal refusal) throws Lane.Failure {
    for (Map.Entry<String, Launch> launch : launches.entrySet()) {
      String name = launch.getKey();
      FaultProxy client = open(Subject.clientEdge(name), Tls.NONE, 1);
      if (launch.getValue() instanceof StubLaunch stub) {
        StubServer server = StubServer.strict(loop, stub.interactions(), request.sampler());
        subjectStubs.put(name, server);
        client.target(loopback(server.port()));
      } else {
        bindUpstreams(subject(name), refusal);
      }
    }
    for (String name : launches.keySet()) {
      for (Map.Entry<String, Upstream> entry : subject(name).upstreams().entrySet()) {
        FaultProxy proxy = proxies.get(subject(name).edgeTo(entry.getKey()));
        StubServer stub = subjectStubs.get(entry.getValue().name());
        if (proxy != null && entry.getValue().isSubject() && stub != null) {
          proxy.target(loopback(stub.port()));
        }
      }
    }
  }

  /** The engine that runs a subject; null for what is no container. */
  private @Nullable ContainerEngine engine(String subject) {
    return launches.get(subject) instanceof ContainerLaunch launch ? launch.engine() : null;
  }

  private void writeHosts(Subject subject) throws IOException {
    Set<String> upstreams = subject.upstreams().keySet();
    ContainerEngine engine = engine(subject.name());
    if (engine == null) {
      hosts.put(subject.name(), new HostsFile(shared, subject.name(), upstreams));
    } else if (engine.gateway().isPresent()) {
      hosts.put(
          subject.name(),
          HostsFile.inContainer(
              shared, subject.name(), upstreams, engine.host(), engine.gateway().get()));
    }
  }

  private void bindUpstreams(Subject subject, Refusal refusal) throws Lane.Failure {
    bindEach(subject, refusal);
    ContainerEngine engine = engine(subject.name());
    if (engine != null && engine.gateway().isPresent()) {
      for (String upstream : subject.upstreams().keySet()) {
        String edge = subject.edgeTo(upstream);
        FaultProxy proxy = Objects.requireNonNull(proxies.get(edge), "no proxy");
        try {
          outer.put(edge, proxy.listen(engine.gateway().get()));
        } catch (UncheckedIOException e) {
          throw refusal.of(
              subject.name(), "not-built", "its edges cannot listen where it calls: " + e);
        }
      }
    }
  }

  private void bindEach(Subject subject, Refusal refusal) throws Lane.Failure {
    try {
      writeHosts(subject);
    } catch (IOException e) {
      throw refusal.of(subject.name(), "not-built", "its hosts file cannot be written: " + e);
    }
    for (Map.Entry<String, Upstream> entry : subject.upstreams().entrySet()) {
      Peer tcp = entry.getValue().tcp();
      if (tcp != null) {
        bindTcp(subject, entry.getKey(), tcp, refusal);
        continue;
      }
      FaultProxy proxy =
          open(
              subject.edgeTo(entry.getKey()),
              entry.getValue().tls() ? trust(subject, refusal).edge() : Tls.NONE,
              subject.nodes());
      String file = entry.getValue().stub();
      if (file == null) {
        if (!launches.containsKey(entry.getValue().name())) {
          throw refusal.of(
              subject.name(),
              "not-built",
              "its upstream '" + entry.getKey() + "' is neither a subject nor a stub");
        }
      } else {
        StubServer stub = upstreamStubs.get(file);
        if (stub == null) {
          List<HttpInteraction> served = request.stubs().getOrDefault(column, Map.of()).get(file);
          if (served == null) {
            throw refusal.of(
                subject.name(), "not-built", "nothing was read for the stub of " + file);
          }
          stub = stub(served);
          upstreamStubs.put(file, stub);
        }
        proxy.target(loopback(stub.port()));
      }
    }
  }

  private void bindTcp(Subject subject, String upstream, Peer peer, Refusal refusal)
      throws Lane.Failure {
    InetSocketAddress address = new InetSocketAddress(peer.host(), peer.port());
    if (address.isUnresolved()) {
      throw refusal.of(
          subject.name(), "not-built", "nobody knows the host of its upstream " + upstream);
    }
    FaultProxy proxy = FaultProxy.openTcp(loop, subject.edgeTo(upstream), subject.nodes());
    proxy.target(address);
    proxies.put(proxy.edge(), proxy);
  }

  private Trust trust(Subject subject, Refusal refusal) throws Lane.Failure {
    Trust known = trust;
    if (known != null) {
      return known;
    }
    try {
      Trust made = Trust.in(shared.resolve("tls"), names());
      trust = made;
      return made;
    } catch (IOException e) {
      throw refusal.of(
          subject.name(), "not-built", "the certificate for its edges cannot be written: " + e);
    }
  }

  /** All names under which upstreams are called, beside those of this machine itself. */
  private List<String> names() {
    return launches.keySet().stream()
        .flatMap(
            name -> {
              ContainerEngine engine = engine(name);
              return Stream.concat(
                  subject(name).upstreams().keySet().stream().map(HostsFile::name),
                  engine == null ? Stream.empty() : Stream.of(engine.host()));
            })
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Lets the name under which an edge is called lead nowhere, and ends connections that were made
   * by it.
   *
   * @return why that cannot be; null when it is so
   */
  @Nullable String breakName(String edge, Answer answer) {
    for (String name : hosts.keySet()) {
      for (String upstream : subject(name).upstreams().keySet()) {
        if (subject(name).edgeTo(upstream).equals(edge)) {
          try {
            Objects.requireNonNull(hosts.get(name)).breakName(upstream, answer);
            Objects.requireNonNull(proxies.get(edge)).closeIdle();
            return null;
          } catch (IOException e) {
            return "the hosts file of " + name + " cannot be written: " + e;
          }
        }
      }
    }
    return "nobody calls over " + edge;
  }

  /** Lets the name of an edge lead to it again. */
  void mendName(String edge) {
    for (Map.Entry<String, HostsFile> one : hosts.entrySet()) {
      for (String upstream : subject(one.getKey()).upstreams().keySet()) {
        if (subject(one.getKey()).edgeTo(upstream).equals(edge)) {
          try {
            one.getValue().mend(upstream);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }
  }

  private FaultProxy open(String edge, Tls tls, int callers) {
    Duration budget =
        request.subjects().values().stream()
            .map(Subject::timeBudget)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    FaultProxy proxy = FaultProxy.open(loop, edge, tls, Patience.beyond(budget), callers);
    proxies.put(edge, proxy);
    return proxy;
  }

  private StubServer stub(List<HttpInteraction> interactions) {
    return StubServer.open(loop, interactions, request.sampler());
  }

  private Subject subject(String name) {
    return Objects.requireNonNull(request.subjects().get(name), name);
  }

  /**
   * Addresses of a subject's edges, and the files that make it trust them.
   *
   * @param node of the subject, which has ports of its own; a further one shares those of the first
   */
  Map<String, String> placeholders(Subject subject, int node) {
    Map<String, String> placeholders = new TreeMap<>();
    ContainerEngine engine = engine(subject.name());
    String host = engine == null ? "127.0.0.1" : engine.host();
    subject
        .upstreams()
        .forEach(
            (name, upstream) -> {
              FaultProxy proxy =
                  Objects.requireNonNull(proxies.get(subject.edgeTo(name)), "no proxy");
              int caller = node < subject.nodes() ? node : 0;
              List<Integer> reached = outer.get(proxy.edge());
              int port = reached == null ? proxy.port(caller) : reached.get(caller);
              String scheme = upstream.tcp() != null ? "" : upstream.tls() ? "https://" : "http://";
              placeholders.put("upstream." + name, scheme + host + ":" + port);
              placeholders.put("upstream." + name + ".port", Integer.toString(port));
              placeholders.put(
                  "upstream." + name + ".named", scheme + HostsFile.name(name) + ":" + port);
            });
    HostsFile own = hosts.get(subject.name());
    if (own != null) {
      placeholders.put(HostsFile.PLACEHOLDER, own.path().toString());
      placeholders.put("hosts.security", own.security().toString());
    }
    Trust made = trust;
    if (made != null) {
      placeholders.putAll(made.placeholders());
    }
    return placeholders;
  }

  /** Every edge on which a subject is called. */
  List<FaultProxy> to(String subject) {
    return request.topology().edgesTo(subject).stream()
        .map(proxies::get)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Where a subject is replayed; null when it is not in this lane. */
  @Nullable InetSocketAddress client(String subject) {
    FaultProxy proxy = proxies.get(Subject.clientEdge(subject));
    return proxy == null ? null : loopback(proxy.port());
  }

  /** Where the proxies and stubs listen. */
  List<InetSocketAddress> addresses() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    proxies.values().stream()
        .flatMap(proxy -> proxy.ports().stream())
        .forEach(port -> addresses.add(loopback(port)));
    for (String name : launches.keySet()) {
      ContainerEngine engine = engine(name);
      if (engine != null && engine.gateway().isPresent()) {
        for (String upstream : subject(name).upstreams().keySet()) {
          for (int port : outer.getOrDefault(subject(name).edgeTo(upstream), List.of())) {
            addresses.add(new InetSocketAddress(engine.gateway().get(), port));
          }
        }
      }
    }
    subjectStubs.values().forEach(stub -> addresses.add(loopback(stub.port())));
    upstreamStubs.values().forEach(stub -> addresses.add(loopback(stub.port())));
    return addresses;
  }

  /** Which node's turn it is first in the cells to come. */
  void firstNode(int node) {
    proxies.values().forEach(proxy -> proxy.firstNode(node));
  }

  /** Arms every edge; those without an injector only record, and nothing is left of any cell. */
  void arm(Map<String, Injector> injectors) {
    proxies.forEach(
        (edge, proxy) -> {
          proxy.forgetReplies();
          proxy.arm(injectors.getOrDefault(edge, Injector.NONE));
        });
  }

  /** Disarms every edge and gives what each has seen. */
  Map<String, EdgeLog> disarm() {
    Map<String, EdgeLog> logs = new TreeMap<>();
    proxies.forEach((edge, proxy) -> logs.put(edge, proxy.disarm()));
    logs.forEach(
        (edge, log) ->
            log.notes().stream()
                .filter(note -> TELLING.contains(note.kind()))
                .forEach(note -> remarks.add(edge + ": " + note.detail())));
    return logs;
  }

  /** What the edges have to say since the last time, one readable line each. */
  List<String> remarks() {
    List<String> lines = List.copyOf(remarks);
    remarks.clear();
    return lines;
  }

  /** What stubs were asked and could not answer since the last time, one readable line each. */
  List<String> unanswered() {
    List<String> lines = new ArrayList<>();
    drain(subjectStubs, lines);
    drain(upstreamStubs, lines);
    return lines;
  }

  private static void drain(Map<String, StubServer> stubs, List<String> into) {
    stubs.forEach(
        (name, stub) -> {
          for (String call : stub.unmatched()) {
            into.add("the stub of " + name + " has no answer to " + call);
          }
          stub.reset();
        });
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public void close() {
    proxies.values().forEach(FaultProxy::close);
    subjectStubs.values().forEach(StubServer::close);
    upstreamStubs.values().forEach(StubServer::close);
  }
}
