package dev.codicil.experiment;

import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Location;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service under test, as declared; the same for all sides.
 *
 * @param name unique
 * @param build shell command that builds it, run in a tree of its side; null when it is given as
 *     built
 * @param artifact path of what the build makes, relative to the tree; null when the command names
 *     it
 * @param command shell-free command line, empty where an image says it; {@code {port}}, {@code
 *     {side}}, {@code {artifact}}, {@code {upstream.NAME}} are filled in
 * @param env environment; the same placeholders, and {@code ${VAR}} for the caller's environment
 * @param ready request that answers 2xx once the subject serves
 * @param state request target that provider states are posted to; null when there are none
 * @param reset request that brings the subject back to its first state; null when there is none
 * @param headers sent with every replayed request, such as credentials; sent and never recorded
 * @param given provider states for interactions whose contract names none: by operation ({@code GET
 *     /licenses/{id}}), then by the subject that sets them up
 * @param effects read-backs that tell what a request really did
 * @param upstreams what it calls, by the name used in placeholders
 * @param probes requests to this subject whose upstreams are in the storm
 * @param timeBudget a reply after this counts as hung
 * @param recovery how long it may take to return to its steady state
 * @param startup how long it may take to become ready
 * @param direct where it may connect to without a proxy on the way, such as its database
 * @param nodes how many processes it runs as, behind each edge that leads to it, from 1; they share
 *     the column's data
 * @param messaging what it has to do with messages
 * @param chaosMonkey path of the actuator endpoint of the Chaos Monkey for Spring Boot inside it;
 *     null when it carries none
 * @param location where it was declared
 */
public record Subject(
    String name,
    @Nullable String build,
    @Nullable String artifact,
    List<String> command,
    Map<String, String> env,
    HttpRequest ready,
    @Nullable HttpRequest state,
    @Nullable HttpRequest reset,
    Map<String, String> headers,
    Map<String, Map<String, List<String>>> given,
    List<EffectCheck> effects,
    Map<String, Upstream> upstreams,
    List<Probe> probes,
    Duration timeBudget,
    Duration recovery,
    Duration startup,
    List<Peer> direct,
    int nodes,
    Messaging messaging,
    @Nullable String chaosMonkey,
    Location location) {
  /** Most nodes of one subject. */
  public static final int MOST_NODES = 16;

  /**
   * @throws IllegalArgumentException when it has no node, or more than {@link #MOST_NODES}
   */
  public Subject {
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new IllegalArgumentException(
          "a subject has 1 to " + MOST_NODES + " nodes, not " + nodes);
    }
    command = List.copyOf(command);
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    effects = List.copyOf(effects);
    upstreams = Collections.unmodifiableMap(new LinkedHashMap<>(upstreams));
    probes = List.copyOf(probes);
    direct = List.copyOf(direct);
  }

  /** A subject that carries no Chaos Monkey. */
  public Subject(
      String name,
      @Nullable String build,
      @Nullable String artifact,
      List<String> command,
      Map<String, String> env,
      HttpRequest ready,
      @Nullable HttpRequest state,
      @Nullable HttpRequest reset,
      Map<String, String> headers,
      Map<String, Map<String, List<String>>> given,
      List<EffectCheck> effects,
      Map<String, Upstream> upstreams,
      List<Probe> probes,
      Duration timeBudget,
      Duration recovery,
      Duration startup,
      List<Peer> direct,
      int nodes,
      Messaging messaging,
      Location location) {
    this(
        name,
        build,
        artifact,
        command,
        env,
        ready,
        state,
        reset,
        headers,
        given,
        effects,
        upstreams,
        probes,
        timeBudget,
        recovery,
        startup,
        direct,
        nodes,
        messaging,
        null,
        location);
  }

  /** A subject of one node that has nothing to do with messages. */
  public Subject(
      String name,
      @Nullable String build,
      @Nullable String artifact,
      List<String> command,
      Map<String, String> env,
      HttpRequest ready,
      @Nullable HttpRequest state,
      @Nullable HttpRequest reset,
      Map<String, String> headers,
      Map<String, Map<String, List<String>>> given,
      List<EffectCheck> effects,
      Map<String, Upstream> upstreams,
      List<Probe> probes,
      Duration timeBudget,
      Duration recovery,
      Duration startup,
      List<Peer> direct,
      Location location) {
    this(
        name,
        build,
        artifact,
        command,
        env,
        ready,
        state,
        reset,
        headers,
        given,
        effects,
        upstreams,
        probes,
        timeBudget,
        recovery,
        startup,
        direct,
        1,
        Messaging.NONE,
        location);
  }

  /** A subject that may connect to nothing but its edges. */
  public Subject(
      String name,
      @Nullable String build,
      @Nullable String artifact,
      List<String> command,
      Map<String, String> env,
      HttpRequest ready,
      @Nullable HttpRequest state,
      @Nullable HttpRequest reset,
      Map<String, String> headers,
      Map<String, Map<String, List<String>>> given,
      List<EffectCheck> effects,
      Map<String, Upstream> upstreams,
      List<Probe> probes,
      Duration timeBudget,
      Duration recovery,
      Duration startup,
      Location location) {
    this(
        name,
        build,
        artifact,
        command,
        env,
        ready,
        state,
        reset,
        headers,
        given,
        effects,
        upstreams,
        probes,
        timeBudget,
        recovery,
        startup,
        List.of(),
        location);
  }

  /** The same subject, sent other headers. */
  public Subject withHeaders(Map<String, String> other) {
    return with(other, nodes, messaging, chaosMonkey);
  }

  /** The same subject, built by another command. */
  public Subject withBuild(String command) {
    return new Subject(
        name,
        command,
        artifact,
        this.command,
        env,
        ready,
        state,
        reset,
        headers,
        given,
        effects,
        upstreams,
        probes,
        timeBudget,
        recovery,
        startup,
        direct,
        nodes,
        messaging,
        location);
  }

  /** The same subject, running as another number of nodes. */
  public Subject withNodes(int number) {
    return with(headers, number, messaging, chaosMonkey);
  }

  /** The same subject, which has something else to do with messages. */
  public Subject withMessaging(Messaging other) {
    return with(headers, nodes, other, chaosMonkey);
  }

  /** The same subject, whatever it has to do with messages left out. */
  public Subject withoutMessages() {
    return with(headers, nodes, Messaging.NONE, chaosMonkey);
  }

  /** The same subject, with a Chaos Monkey inside whose actuator endpoint has that path. */
  public Subject withChaosMonkey(@Nullable String path) {
    return with(headers, nodes, messaging, path);
  }

  private Subject with(
      Map<String, String> headers, int nodes, Messaging messaging, @Nullable String chaosMonkey) {
    return new Subject(
        name,
        build,
        artifact,
        command,
        env,
        ready,
        state,
        reset,
        headers,
        given,
        effects,
        upstreams,
        probes,
        timeBudget,
        recovery,
        startup,
        direct,
        nodes,
        messaging,
        chaosMonkey,
        location);
  }

  /** Id of the edge on which this subject calls an upstream. */
  public String edgeTo(String upstream) {
    return name + "->" + upstream;
  }

  /** Id of the edge on which this subject is replayed. */
  public String clientEdge() {
    return clientEdge(name);
  }

  /** Id of the edge on which a subject is replayed. */
  public static String clientEdge(String subject) {
    return "client->" + subject;
  }
}
