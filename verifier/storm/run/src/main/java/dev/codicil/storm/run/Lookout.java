package dev.codicil.storm.run;

import dev.codicil.experiment.Peer;
import dev.codicil.experiment.Subject;
import dev.codicil.history.Event;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Watches the subjects of one lane for connections that go round their proxies, and journals each
 * remote once. What a process of the lane listens on, or listened on earlier, is its own. Used by
 * one thread at a time.
 */
final class Lookout {
  /** Looks may take the fiftieth part of the time, not more. */
  private static final int REST = 50;

  /** Where systemd-resolved answers over TCP what is too long for UDP. */
  private static final InetSocketAddress RESOLVER =
      new InetSocketAddress(address(127, 0, 0, 53), 53);

  /** Name of the processes that left the tree of the subject that started them. */
  private static final String STRAYS = "";

  private final String column;
  private final String mark;
  private final Map<String, Subject> subjects;
  private final RunClock clock;
  private final Consumer<Event> journal;
  private final Set<Integer> own = new HashSet<>();
  private final Set<String> told = new HashSet<>();
  private long ended;
  private long rest;

  /**
   * @param mark entry of the environment that all processes of the lane have
   */
  Lookout(
      String column,
      String mark,
      Map<String, Subject> subjects,
      RunClock clock,
      Consumer<Event> journal) {
    this.column = column;
    this.mark = mark;
    this.subjects = subjects;
    this.clock = clock;
    this.journal = journal;
    this.ended = clock.nanos();
  }

  /** Whether the last look is long enough ago. */
  boolean due() {
    return clock.nanos() - ended >= rest;
  }

  /**
   * Looks.
   *
   * @param nodes all processes of the lane, by subject
   * @param edges where the lane's proxies and stubs listen
   */
  void look(Map<String, List<SubjectProcess>> nodes, Collection<InetSocketAddress> edges) {
    long start = clock.nanos();
    Map<String, Set<Long>> pids = new TreeMap<>();
    Set<String> unseen = new TreeSet<>();
    nodes.forEach(
        (name, processes) -> {
          Set<Long> all = new LinkedHashSet<>();
          for (SubjectProcess process : processes) {
            Collection<ProcessHandle> visible = process.visible();
            if (visible.isEmpty()) {
              unseen.add(name);
            }
            visible.stream()
                .filter(ProcessHandle::isAlive)
                .forEach(handle -> all.add(handle.pid()));
          }
          pids.put(name, all);
        });
    Set<InetSocketAddress> known = new HashSet<>(edges);
    known.add(RESOLVER);
    Bypass.Seen seen = Bypass.look(pids, known, own);
    own.addAll(seen.listening());
    if (news(seen)) {
      // To look for strays takes long, and a first suspicion is rare.
      pids.put(STRAYS, ProcessTree.marked(mark));
      seen = Bypass.look(pids, known, own);
      own.addAll(seen.listening());
      pids.remove(STRAYS);
    }
    for (String name : unseen) {
      if (told.add(name)) {
        journal.accept(
            new Event.Noted(
                "connections of "
                    + name
                    + " that go round the proxies were not looked for: the processes of its"
                    + " container are not seen from here",
                column));
      }
    }
    String unavailable = seen.unavailable();
    if (unavailable != null && told.add("")) {
      journal.accept(
          new Event.Noted(
              "connections that go round the proxies were not looked for: " + unavailable, column));
    }
    for (String name : pids.keySet()) {
      for (Bypass.Connection connection : seen.around(name)) {
        if (told.add(name + " " + connection.remote())) {
          journal.accept(
              new Event.Bypassed(
                  column, name, connection.remote(), declared(name, connection.address())));
        }
      }
    }
    ended = clock.nanos();
    rest = (ended - start) * REST;
  }

  private boolean news(Bypass.Seen seen) {
    return seen.bySubject().entrySet().stream()
        .anyMatch(
            entry ->
                entry.getValue().stream()
                    .anyMatch(one -> !told.contains(entry.getKey() + " " + one.remote())));
  }

  private boolean declared(String name, InetSocketAddress remote) {
    Subject subject = subjects.get(name);
    return subject != null && subject.direct().stream().anyMatch(peer -> matches(peer, remote));
  }

  static boolean matches(Peer peer, InetSocketAddress remote) {
    if (peer.port() != 0 && peer.port() != remote.getPort()) {
      return false;
    }
    if (peer.host().equals(Peer.ANY)) {
      return true;
    }
    try {
      return List.of(InetAddress.getAllByName(peer.host())).contains(remote.getAddress());
    } catch (UnknownHostException unknown) {
      return false; // nobody can have connected to it under this name, then
    }
  }

  private static InetAddress address(int... parts) {
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) parts[i];
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
