package dev.codicil.storm.run;

import dev.codicil.chaos.Effect.StrikeNode;
import dev.codicil.chaos.Effect.StrikeNode.Deed;
import dev.codicil.chaos.Effect.StrikeNode.Moment;
import dev.codicil.history.FleetRecord;
import dev.codicil.storm.proxy.FaultProxy;
import dev.codicil.storm.proxy.NodeControl.Stage;
import dev.codicil.storm.run.Launch.NodeLaunch;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one subject in one lane. Faults strike them while an exchange is under way; whatever
 * was done is mended when the cell is over. Safe for the lane's thread and those that strike.
 */
final class Fleet implements AutoCloseable {
  private final String subject;
  private final Versions versions;
  private final List<FaultProxy> edges;
  private final Start start;
  private final Executor strikes;
  private final RunClock clock;
  private final @Nullable SubjectProcess[] nodes;
  private final Map<Integer, Deed> struck = new TreeMap<>();
  private @Nullable SubjectProcess old;
  private @Nullable SubjectProcess predecessor;
  private boolean rolled;
  private boolean armed;

  /** Starts one node, and waits until it is ready. */
  interface Start {
    /**
     * @param name of the node, for files; empty for the only one
     * @param number what {@code {node}} stands for
     */
    SubjectProcess of(NodeLaunch launch, String name, int number)
        throws StartFailure, InterruptedException;
  }

  /**
   * What the nodes run.
   *
   * @param own of the ordinary ones
   * @param before what ran in the column before; the same where nothing was amended
   * @param skewed whether a node of the version before stands beside all the time
   */
  record Versions(NodeLaunch own, NodeLaunch before, boolean skewed) {}

  /**
   * @param edges all on which the subject is called
   * @param strikes where processes are struck, which takes a moment
   */
  Fleet(
      String subject,
      int size,
      Versions versions,
      List<FaultProxy> edges,
      Start start,
      Executor strikes,
      RunClock clock) {
    this.subject = subject;
    this.versions = versions;
    this.edges = List.copyOf(edges);
    this.start = start;
    this.strikes = strikes;
    this.clock = clock;
    this.nodes = new SubjectProcess[size];
    edges.forEach(edge -> edge.control(this::strike));
  }

  /**
   * Starts all nodes, one after the other, for the first may bring what they share; then the one of
   * the version before.
   */
  void start() throws StartFailure, InterruptedException {
    for (int i = 0; i < nodes.length; i++) {
      put(i, startNode(i));
    }
    if (versions.skewed()) {
      SubjectProcess beside = start.of(versions.before(), OldNodes.NAME, nodes.length);
      synchronized (this) {
        old = beside;
        publish();
      }
    }
  }

  private SubjectProcess startNode(int number) throws StartFailure, InterruptedException {
    return start.of(versions.own(), number == 0 ? "" : "node" + number, number);
  }

  private synchronized void put(int number, SubjectProcess process) {
    nodes[number] = process;
    publish();
  }

  /** Tells the edges who is up. */
  private synchronized void publish() {
    List<@Nullable InetSocketAddress> up = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      SubjectProcess node = nodes[i];
      up.add(node == null || down(i) ? null : node.address());
    }
    SubjectProcess beside = old;
    for (FaultProxy edge : edges) {
      edge.nodes(up);
      InetSocketAddress first = beside == null ? first() : beside.address();
      if (first != null) {
        edge.target(OldNodes.NAME, first);
      }
    }
  }

  private boolean down(int number) {
    Deed deed = struck.get(number);
    return deed == Deed.KILL || deed == Deed.STOP;
  }

  /** Where the first node that is up listens; null when none is. */
  synchronized @Nullable InetSocketAddress first() {
    for (int i = 0; i < nodes.length; i++) {
      SubjectProcess node = nodes[i];
      if (node != null && !down(i)) {
        return node.address();
      }
    }
    return null;
  }

  /** How many nodes there are. */
  int size() {
    return nodes.length;
  }

  /** All processes, the ordinary ones first. */
  synchronized List<SubjectProcess> processes() {
    List<@Nullable SubjectProcess> all = new ArrayList<>(Arrays.asList(nodes));
    all.add(old);
    all.add(predecessor);
    List<SubjectProcess> running = new ArrayList<>();
    for (SubjectProcess one : all) {
      if (one != null) {
        running.add(one);
      }
    }
    return running;
  }

  /** What the first dead among the nodes left to say; null when all live. */
  @Nullable String dead() throws InterruptedException {
    List<SubjectProcess> ordinary;
    SubjectProcess beside;
    synchronized (this) {
      ordinary = new ArrayList<>();
      for (SubjectProcess node : nodes) {
        if (node != null) {
          ordinary.add(node);
        }
      }
      beside = old;
    }
    for (int i = 0; i < ordinary.size(); i++) {
      if (!ordinary.get(i).alive()) {
        return (nodes.length == 1 ? "" : "its node " + i + " ") + ordinary.get(i).obituary();
      }
    }
    return beside == null || beside.alive()
        ? null
        : "its node of the version before " + beside.obituary();
  }

  /** A cell begins in which faults may strike. */
  synchronized void arm() {
    armed = true;
  }

  /** What a fault wants at a stage of an exchange; see {@code NodeControl}. */
  private CompletionStage<?> strike(StrikeNode effect, int answering, Stage stage) {
    return CompletableFuture.runAsync(() -> strikeNow(effect, answering, stage), strikes);
  }

  private synchronized void strikeNow(StrikeNode effect, int answering, Stage stage) {
    if (!armed) {
      return; // its cell is over
    }
    int number = effect.node() == StrikeNode.ANSWERING ? answering : effect.node();
    SubjectProcess node = number < 0 || number >= nodes.length ? null : nodes[number];
    if (node == null) {
      throw new IllegalStateException(subject + " has no node " + number + " that is up");
    }
    Moment moment = effect.moment();
    boolean due =
        switch (stage) {
          case REQUEST_CAME ->
              moment == Moment.BEFORE || moment == Moment.DURING && effect.deed() == Deed.PAUSE;
          case REQUEST_SENT -> moment == Moment.DURING;
          case REPLY_CAME -> moment == Moment.AFTER;
        };
    if (stage == Stage.REQUEST_CAME && moment == Moment.DURING && effect.deed() == Deed.KILL) {
      node.pause(); // so that it surely has not answered when it dies
    }
    if (due && !struck.containsKey(number)) {
      strike(number, node, effect.deed());
    }
  }

  private void strike(int number, SubjectProcess node, Deed deed) {
    struck.put(number, deed);
    if (deed == Deed.STOP) {
      publish(); // whoever ends a node takes its traffic away first
      node.terminate();
    } else if (deed == Deed.PAUSE) {
      node.pause();
    } else {
      node.kill();
      publish();
    }
  }

  /** One of the nodes has ended, and counts as down until {@link #mend} brings it back. */
  synchronized void fell(SubjectProcess process) {
    for (int i = 0; i < nodes.length; i++) {
      if (nodes[i] == process) {
        struck.put(i, Deed.STOP);
        publish();
      }
    }
  }

  /** Kills all nodes of a zone, where there are several. */
  synchronized void zoneDown(int zone) {
    for (int i = 0; nodes.length > 1 && i < nodes.length; i++) {
      SubjectProcess node = nodes[i];
      if (i % 2 == zone && node != null) {
        strike(i, node, Deed.KILL);
      }
    }
  }

  /**
   * Starts one node anew, and waits until it is ready.
   *
   * @return why that cannot be; null when it is so
   */
  @Nullable String restartNode(int number) throws InterruptedException {
    SubjectProcess node;
    synchronized (this) {
      node = number < nodes.length ? nodes[number] : null;
    }
    if (node == null) {
      return subject + " has no node " + number;
    }
    node.close();
    try {
      put(number, startNode(number));
      return null;
    } catch (StartFailure failure) {
      synchronized (this) {
        struck.put(number, Deed.STOP); // the exchange meets it down, and it gets one more try
        publish();
      }
      return null;
    }
  }

  /**
   * Lets the first exchange of the next cell go to a node of the version before.
   *
   * @return why that cannot be; null when it is so
   */
  @Nullable String rollOver() throws InterruptedException {
    SubjectProcess one;
    try {
      one = start.of(versions.before(), "rolling", nodes.length + 1);
    } catch (StartFailure failure) {
      return "a node of the version before " + failure.text();
    }
    synchronized (this) {
      predecessor = one;
      rolled = false;
    }
    edges.forEach(edge -> edge.handOver(one.address(), () -> strikes.execute(this::rolledOver)));
    return null;
  }

  private synchronized void rolledOver() {
    SubjectProcess one = predecessor;
    if (one != null && !rolled) {
      rolled = true;
      one.terminate();
    }
  }

  /**
   * Brings back what faults took: wakes what stands still, and starts what has ended.
   *
   * @return what was struck, and how long it took to come back
   */
  List<FleetRecord.Back> mend() throws InterruptedException {
    SubjectProcess one;
    Map<Integer, Deed> down;
    synchronized (this) {
      armed = false;
      one = predecessor;
      predecessor = null;
      down = new TreeMap<>(struck);
    }
    if (one != null) {
      edges.forEach(edge -> edge.handOver(null, () -> {}));
      one.close();
    }
    wake();
    if (down.isEmpty()) {
      return List.of();
    }
    List<FleetRecord.Back> back = new ArrayList<>();
    for (Map.Entry<Integer, Deed> entry : down.entrySet()) {
      long begun = clock.nanos();
      boolean up = bringBack(entry.getKey(), entry.getValue());
      back.add(
          new FleetRecord.Back(
              subject,
              entry.getKey(),
              entry.getValue().name().toLowerCase(java.util.Locale.ROOT),
              up ? clock.millisSince(begun) : FleetRecord.Back.NEVER));
    }
    return back;
  }

  /** Wakes nodes that stand still, so that they get to what was sent to them. */
  synchronized void wake() {
    for (SubjectProcess node : nodes) {
      if (node != null) {
        node.resume();
      }
    }
  }

  private boolean bringBack(int number, Deed deed) throws InterruptedException {
    SubjectProcess node;
    synchronized (this) {
      node = nodes[number];
      struck.remove(number);
    }
    if (node == null) {
      return false;
    }
    if (deed == Deed.PAUSE) {
      node.resume();
      publish();
      return true;
    }
    node.close();
    try {
      put(number, startNode(number));
      return true;
    } catch (StartFailure failure) {
      return false; // it is dead, and that is told
    }
  }

  @Override
  public void close() {
    List<SubjectProcess> all = processes();
    synchronized (this) {
      Arrays.fill(nodes, null);
      old = null;
      predecessor = null;
      struck.clear();
    }
    List<Thread> stops = new ArrayList<>();
    Collections.reverse(all);
    for (SubjectProcess process : all) {
      Thread stop = new Thread(process::close, "stop subject");
      stop.start();
      stops.add(stop);
    }
    RunThreads.join(stops);
  }
}
