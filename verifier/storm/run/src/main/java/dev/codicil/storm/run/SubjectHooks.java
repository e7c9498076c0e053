package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Json;
import dev.codicil.contract.Payload;
import dev.codicil.contract.ProviderState;
import dev.codicil.experiment.EffectCheck;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Subject;
import dev.codicil.storm.proxy.CallResult;
import dev.codicil.storm.proxy.CallResult.Ended;
import dev.codicil.storm.run.Launch.StateSetup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The hooks of the subjects of a lane, called past all proxies: reset, provider states, reads. */
final class SubjectHooks {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Lane lane;
  private final Calls calls;

  SubjectHooks(Lane lane, Calls calls) {
    this.lane = lane;
    this.calls = calls;
  }

  /**
   * Brings the lane to the steady state of a scenario: resets every subject that declares how, then
   * sets up the provider states.
   *
   * @return what went wrong, or null
   */
  @Nullable String steady(List<Scenario> scenarios) throws InterruptedException {
    for (String name : lane.running()) {
      Subject subject = lane.subject(name);
      for (InetSocketAddress address : lane.nodes(name)) {
        if (subject.reset() == null) {
          continue;
        }
        String problem = call("reset of " + name, subject, address, subject.reset());
        if (problem != null) {
          return problem;
        }
      }
    }
    for (Scenario scenario : scenarios) {
      for (Map.Entry<String, List<ProviderState>> given : scenario.given().entrySet()) {
        String problem = states(given.getKey(), given.getValue());
        if (problem != null) {
          return problem;
        }
      }
    }
    return null;
  }

  private @Nullable String states(String name, List<ProviderState> states)
      throws InterruptedException {
    InetSocketAddress address = lane.direct(name);
    if (address == null) {
      return null; // a stub has no states
    }
    Subject subject = lane.subject(name);
    StateSetup own = lane.states(name);
    if (own != null) {
      return states(own, states);
    }
    HttpRequest hook = subject.state();
    if (hook == null) {
      return null; // told at the start of the run
    }
    for (ProviderState state : states) {
      ObjectNode body = Json.mapper().createObjectNode();
      body.put("state", state.name());
      ObjectNode params = body.putObject("params");
      state.parameters().forEach(params::set);
      body.put("action", "setup");
      HttpRequest call =
          new HttpRequest(
              hook.method(),
              hook.target(),
              hook.headers().with("content-type", "application/json"),
              Payload.of(body));
      String problem =
          call("provider state '" + state.name() + "' of " + name, subject, address, call);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable String states(StateSetup setup, List<ProviderState> states)
      throws InterruptedException {
    for (ProviderState state : states) {
      try {
        setup.set(state);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        return "provider state '" + state.name() + "' could not be set up: " + e.getMessage();
      }
    }
    return null;
  }

  private @Nullable String call(
      String what, Subject subject, InetSocketAddress address, HttpRequest request)
      throws InterruptedException {
    CallResult result = calls.call(address, request, DEADLINE, subject.headers());
    HttpReply reply = result.reply();
    if (result.ended() != Ended.REPLIED || reply == null) {
      return what
          + " failed: "
          + request.method()
          + " "
          + request.target()
          + " "
          + (result.ended() == Ended.TIMED_OUT
              ? "was not answered in " + DEADLINE.toSeconds() + " s"
              : "got no reply (" + result.detail() + ")");
    }
    if (reply.statusClass() != 2) {
      String body = reply.body().utf8();
      return what
          + " failed: "
          + request.method()
          + " "
          + request.target()
          + " answered "
          + reply.status()
          + (body.isBlank() ? "" : ": " + body.substring(0, Math.min(200, body.length())));
    }
    return null;
  }

  /**
   * The effects of all running subjects behind one, by subject. Those that several operations of a
   * subject read at the same place are one.
   */
  Map<String, List<EffectCheck>> behind(String start) {
    Map<String, List<EffectCheck>> behind = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    Set<String> seen = new HashSet<>(open);
    List<String> running = lane.running();
    while (!open.isEmpty()) {
      String name = open.remove();
      if (!lane.subjects().contains(name)) {
        continue;
      }
      Subject subject = lane.subject(name);
      if (!name.equals(start) && running.contains(name)) {
        Map<String, EffectCheck> places = new TreeMap<>();
        subject
            .effects()
            .forEach(check -> places.putIfAbsent(check.read().target() + check.pointer(), check));
        behind.put(name, List.copyOf(places.values()));
      }
      subject.upstreams().values().stream()
          .filter(upstream -> upstream.isSubject() && seen.add(upstream.name()))
          .forEach(upstream -> open.add(upstream.name()));
    }
    return behind;
  }

  /**
   * Reads the number of an effect, as the best informed of the subject's nodes tells it; null when
   * it cannot be read.
   */
  @Nullable Long read(EffectCheck effect, String provider) throws InterruptedException {
    String owner = owner(effect, provider);
    Long most = null;
    for (InetSocketAddress address : lane.nodes(owner)) {
      Long one = read(effect, owner, address);
      if (one == null) {
        return null;
      }
      most = most == null ? one : Long.valueOf(Math.max(most, one));
    }
    return most;
  }

  private @Nullable Long read(EffectCheck effect, String owner, InetSocketAddress address)
      throws InterruptedException {
    Map<String, String> headers = lane.subject(owner).headers();
    CallResult result = calls.call(address, withAccept(effect.read()), DEADLINE, headers);
    HttpReply reply = result.reply();
    if (result.ended() != Ended.REPLIED || reply == null || reply.statusClass() != 2) {
      return null;
    }
    JsonNode number = reply.body().json().map(node -> node.at(effect.pointer())).orElse(null);
    return number != null && number.isIntegralNumber() && number.canConvertToLong()
        ? number.longValue()
        : null;
  }

  private static HttpRequest withAccept(HttpRequest read) {
    Headers headers = read.headers();
    return headers.first("accept").isPresent()
        ? read
        : new HttpRequest(
            read.method(), read.target(), headers.with("accept", "application/json"), read.body());
  }

  /** The subject that declares the effect: the provider, unless only another one does. */
  private String owner(EffectCheck effect, String provider) {
    if (!lane.subjects().contains(provider) || declares(provider, effect)) {
      return provider;
    }
    return lane.subjects().stream()
        .filter(name -> declares(name, effect))
        .findFirst()
        .orElse(provider);
  }

  private boolean declares(String subject, EffectCheck effect) {
    return lane.subject(subject).effects().contains(effect);
  }
}
