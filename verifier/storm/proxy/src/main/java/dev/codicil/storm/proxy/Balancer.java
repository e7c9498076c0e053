package dev.codicil.storm.proxy;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The nodes behind an edge. Exchange N of a cell goes to node N modulo their number, and past those
 * that are down to the next one: in turn, as balancers do, and the same in every run.
 */
final class Balancer {
  /** No node. */
  static final int NONE = -1;

  private volatile List<@Nullable InetSocketAddress> nodes = List.of();
  private volatile int first;
  private final AtomicReference<@Nullable Predecessor> predecessor = new AtomicReference<>();

  /** A node of the version before that answers one exchange. */
  private record Predecessor(InetSocketAddress address, Runnable over) {}

  void nodes(List<? extends @Nullable InetSocketAddress> all) {
    nodes = Collections.unmodifiableList(new ArrayList<>(all));
  }

  /** Whose turn it is first. */
  void first(int node) {
    first = node;
  }

  void predecessor(@Nullable InetSocketAddress address, Runnable over) {
    predecessor.set(address == null ? null : new Predecessor(address, over));
  }

  /** Whether there is something to choose from. */
  boolean several() {
    return nodes.size() > 1 || predecessor.get() != null;
  }

  /** Where the first exchange of the cell goes instead; null for the ordinary way. */
  @Nullable InetSocketAddress predecessor(int call) {
    Predecessor one = predecessor.get();
    return call == 0 && one != null ? one.address() : null;
  }

  /** The first exchange has its answer, or another one begins: who ran before has done its part. */
  void handOver() {
    Predecessor one = predecessor.get();
    if (one != null) {
      one.over().run();
    }
  }

  /** Number of the node for an exchange; {@link #NONE} when all are down. */
  int choose(int call) {
    return next(call, 0);
  }

  /**
   * The same, past some that could not be reached.
   *
   * @param tried how many of its turn were passed over
   */
  int next(int call, int tried) {
    List<@Nullable InetSocketAddress> all = nodes;
    for (int i = tried; i < all.size(); i++) {
      int node = Math.floorMod(call + first + i, all.size());
      if (all.get(node) != null) {
        return node;
      }
    }
    return NONE;
  }

  /** How many of its turn were passed over when an exchange comes to a node. */
  int turn(int call, int node) {
    return nodes.isEmpty() ? 0 : Math.floorMod(node - first - call, nodes.size());
  }

  @Nullable InetSocketAddress address(int node) {
    List<@Nullable InetSocketAddress> all = nodes;
    return node < 0 || node >= all.size() ? null : all.get(node);
  }

  /** Why there is no node to send to. */
  String why() {
    return nodes.isEmpty() ? "no target is set" : "no node is up";
  }

  /** Any node that is up; null when there is none. */
  @Nullable InetSocketAddress any() {
    return nodes.stream().filter(Objects::nonNull).findFirst().orElse(null);
  }
}
