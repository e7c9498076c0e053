package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.SeenFields;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.Tally;
import dev.codicil.contract.Headers;
import dev.codicil.contract.Payload;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One cell of one edge: counter, log, and who waits for whom. Shared by all its connections. */
final class EdgeCell {
  /** What stands for bytes of which nobody knows what they say. */
  static final dev.codicil.contract.HttpRequest NO_REQUEST =
      new dev.codicil.contract.HttpRequest("GET", "/", Headers.NONE, Payload.EMPTY);

  private static final int MOST_NOTES = 256;

  /**
   * From this call on injections are counted and not kept; by the number of the call, so that two
   * runs leave out the same.
   */
  static final int MOST_LOGGED_CALLS = 10_000;

  /** Requests that are told from others in one cell; beyond, none counts as a repetition. */
  private static final int MOST_REQUESTS = 10_000;

  /** Answers of which it is kept which node gave them. */
  private static final int MOST_ANSWERS = 100;

  private final Injector injector;
  private final List<Injection> injections = new ArrayList<>();
  private final SortedSet<String> seenUpstream = new TreeSet<>();
  private final SortedSet<String> seenDownstream = new TreeSet<>();
  private final Map<Stream, Payload> lastSeen = new EnumMap<>(Stream.class);
  private final Set<Stream> bodies = EnumSet.noneOf(Stream.class);
  private final List<ExchangeNote> notes = new ArrayList<>();
  private final Set<ExchangeNote.Kind> noted = EnumSet.noneOf(ExchangeNote.Kind.class);
  private final SortedMap<Integer, Integer> answered = new TreeMap<>();
  private final Set<String> settled = new HashSet<>();
  private final Map<String, List<Runnable>> waiting = new HashMap<>();
  private final @Nullable Tally tally;
  private final Set<String> requests = new HashSet<>();
  private final Map<Integer, Tally.Turn> turns = new HashMap<>();
  private final boolean recording;
  private int calls;
  private int connections;
  private int moreNotes;
  private int moreInjections;
  private boolean over;

  private EdgeCell(Injector injector, boolean recording) {
    this.injector = injector;
    this.tally = injector.conditional() ? injector.tally() : null;
    this.recording = recording;
  }

  static EdgeCell armed(Injector injector) {
    return new EdgeCell(injector, true);
  }

  /** What passes between cells: nothing is injected or kept. */
  static EdgeCell idle() {
    return new EdgeCell(Injector.NONE, false);
  }

  boolean recording() {
    return recording;
  }

  boolean asksConnections(String edge) {
    return injector.asksConnections(edge);
  }

  /** What to do to a connection that opens; what is planned counts as injected. */
  List<Effect> connect(String edge) {
    if (!injector.asksConnections(edge)) {
      return List.of();
    }
    int number;
    synchronized (this) {
      number = connections++;
    }
    Injector.Injected planned = injector.connect(edge, number);
    log(number, planned);
    return planned.effects();
  }

  boolean asks(String edge, Stream stream) {
    return injector.asks(edge, stream);
  }

  boolean needsBody(String edge, Stream stream, int call) {
    return tally == null
        ? injector.needsBody(edge, stream)
        : injector.needsBody(edge, stream, turn(call));
  }

  /**
   * Gives a turn of bytes its number and, in the same moment, its turn with the cell's tally.
   *
   * @return its 0-based number on the edge
   */
  synchronized int begin(String edge) {
    int call = calls++;
    if (tally != null) {
      turns.put(call, tally.next(edge, call, NO_REQUEST));
    }
    return call;
  }

  /** Gives an exchange its number and, in the same moment, its turn with the cell's tally. */
  synchronized Begun begin(String edge, HttpRequest head) {
    int call = calls++;
    boolean repeated = false;
    if (injector != Injector.NONE) {
      String request = head.method().name() + ' ' + head.uri();
      repeated = requests.contains(request);
      if (!repeated && requests.size() < MOST_REQUESTS) {
        requests.add(request);
      }
    }
    if (tally != null && head.uri().startsWith("/")) {
      turns.put(call, tally.next(edge, call, Wire.request(head, Payload.EMPTY)));
    }
    return new Begun(call, repeated);
  }

  /**
   * An exchange as it begins.
   *
   * @param call its 0-based number on the edge
   * @param repeated whether the same method and target was asked for before
   */
  record Begun(int call, boolean repeated) {}

  private synchronized Tally.Turn turn(int call) {
    return turns.getOrDefault(call, Tally.Turn.SPARED);
  }

  Injector.Injected plan(Exchange exchange) {
    Injector.Injected planned =
        tally == null ? injector.plan(exchange) : injector.plan(exchange, turn(exchange.call()));
    log(exchange.call(), planned);
    return planned;
  }

  private synchronized void log(int number, Injector.Injected planned) {
    if (over) {
      return;
    }
    if (number < MOST_LOGGED_CALLS) {
      injections.addAll(planned.injections());
    } else {
      moreInjections += planned.injections().size();
    }
  }

  /** Notes the fields of a body; the same body over and over is read once. */
  void see(Stream stream, Payload body) {
    synchronized (this) {
      if (over || !recording || body.equals(lastSeen.put(stream, body))) {
        return;
      }
    }
    Set<String> pointers = SeenFields.pointers(body);
    synchronized (this) {
      if (!over) {
        (stream == Stream.UPSTREAM ? seenUpstream : seenDownstream).addAll(pointers);
      }
    }
  }

  synchronized void answered(int call, int node) {
    if (!over && recording && answered.size() < MOST_ANSWERS) {
      answered.put(call, node);
    }
  }

  synchronized void seeBody(Stream stream) {
    if (!over && recording) {
      bodies.add(stream);
    }
  }

  synchronized void note(int call, ExchangeNote.Kind kind, String detail) {
    if (over || !recording) {
      return;
    }
    if (notes.size() < MOST_NOTES) {
      notes.add(new ExchangeNote(call, kind, detail));
    } else {
      moreNotes++;
    }
  }

  private void tellWhatIsLeftOut(List<ExchangeNote> into) {
    if (moreInjections > 0) {
      into.add(
          new ExchangeNote(
              ExchangeNote.NO_EXCHANGE,
              ExchangeNote.Kind.MORE_INJECTIONS,
              moreInjections + " further injections left out of the log"));
    }
    if (moreNotes > 0) {
      into.add(
          new ExchangeNote(
              ExchangeNote.NO_EXCHANGE,
              ExchangeNote.Kind.MORE_NOTES,
              moreNotes + " further notes left out"));
    }
  }

  /** A note worth making once a cell only. */
  synchronized void noteOnce(ExchangeNote.Kind kind, String detail) {
    if (noted.add(kind)) {
      note(ExchangeNote.NO_EXCHANGE, kind, detail);
    }
  }

  /** Runs {@code go} once the exchange of that name has ended, at once when it already has. */
  void await(String name, Runnable go) {
    synchronized (this) {
      if (!settled.contains(name)) {
        waiting.computeIfAbsent(name, unused -> new ArrayList<>()).add(go);
        return;
      }
    }
    go.run();
  }

  /** The exchange of that name got its reply, or can no longer get one. */
  void settle(String name) {
    List<Runnable> released;
    synchronized (this) {
      if (!recording || name.isEmpty() || !settled.add(name)) {
        return;
      }
      List<Runnable> held = waiting.remove(name);
      released = held == null ? List.of() : held;
    }
    released.forEach(Runnable::run);
  }

  synchronized EdgeLog end() {
    over = true;
    waiting.clear();
    List<Injection> ordered = new ArrayList<>(injections);
    ordered.sort(Comparator.comparingInt(Injection::call).thenComparing(Injection::stream));
    List<ExchangeNote> orderedNotes = new ArrayList<>(notes);
    tellWhatIsLeftOut(orderedNotes);
    orderedNotes.sort(
        Comparator.comparingInt(ExchangeNote::call)
            .thenComparing(ExchangeNote::kind)
            .thenComparing(ExchangeNote::detail));
    return new EdgeLog(
        recording ? calls : 0,
        ordered,
        seenUpstream,
        seenDownstream,
        bodies,
        orderedNotes,
        answered);
  }
}
