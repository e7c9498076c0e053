package dev.codicil.chaos;

import dev.codicil.chaos.MessageFault.Kind;
import dev.codicil.chaos.MessageFault.Strike;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Stands between a producer and a broker: takes the messages that are to be published and gives
 * those that will be. Pure: the same messages, faults and seed give the same.
 */
public final class Interposer {
  private static final String CONTENT_TYPE = "content-type";

  private final long seed;
  private final String stimulus;
  private final List<BoundFault> faults;
  private final Kind changed;

  /**
   * @param stimulus id of what is replayed
   * @param faults in the order in which they act; those on other edges than topics do nothing
   * @param changed what a message is that a fault on its content has changed
   */
  public Interposer(long seed, String stimulus, List<BoundFault> faults, Kind changed) {
    this.seed = seed;
    this.stimulus = stimulus;
    this.faults = List.copyOf(faults);
    this.changed = changed;
  }

  /**
   * What will be published.
   *
   * @param messages in order
   * @param injections one for each strike, in order
   * @param strikes in the same order
   */
  public record Passed(List<Parcel> messages, List<Injection> injections, List<Strike> strikes) {
    public Passed {
      messages = List.copyOf(messages);
      injections = List.copyOf(injections);
      strikes = List.copyOf(strikes);
    }

    /** Whether a fault has made a message what it is, so that it may be refused. */
    public boolean refusable(Parcel message) {
      return message.origin() == Parcel.ADDED
          || strikes.stream()
              .anyMatch(
                  strike -> strike.kind() == Kind.ALTERED && strike.origin() == message.origin());
    }
  }

  private static final Headers BARE = Headers.of(CONTENT_TYPE, "application/json");

  /** Lets a sequence pass. */
  public Passed pass(List<Parcel> messages) {
    List<Parcel> passing = messages;
    List<Injection> injections = new ArrayList<>();
    List<Strike> strikes = new ArrayList<>();
    for (BoundFault bound : faults) {
      String edge = bound.planned().edge();
      if (!edge.startsWith(PlannedFault.TOPIC)) {
        continue;
      }
      String topic = edge.substring(PlannedFault.TOPIC.length(), edge.lastIndexOf("->"));
      MessageFault.Wave wave =
          bound.fault() instanceof MessageFault fault
              ? sequence(fault, bound.planned(), edge, topic, passing)
              : content(bound, edge, topic, passing);
      if (!wave.strikes().isEmpty()) {
        passing = wave.messages();
        strikes.addAll(wave.strikes());
        for (Strike strike : wave.strikes()) {
          injections.add(
              new Injection(
                  edge,
                  strike.origin(),
                  Stream.DOWNSTREAM,
                  bound.planned().fault(),
                  strike.detail()));
        }
      }
    }
    return new Passed(passing, injections, strikes);
  }

  /** Disturbs the messages of one topic; those of others keep their places. */
  private MessageFault.Wave sequence(
      MessageFault fault, PlannedFault planned, String edge, String topic, List<Parcel> all) {
    List<Parcel> own = all.stream().filter(one -> one.topic().equals(topic)).toList();
    Parameters parameters = fault.card().complete(planned.parameters());
    MessageFault.Wave wave =
        fault.disturb(own, parameters, Dice.of(seed, stimulus + " " + edge, 0, planned.fault()));
    if (own.size() == all.size()) {
      return wave;
    }
    Deque<Parcel> left = new ArrayDeque<>(wave.messages());
    List<Parcel> merged = new ArrayList<>();
    int slots = own.size();
    for (Parcel parcel : all) {
      if (!parcel.topic().equals(topic)) {
        merged.add(parcel);
        continue;
      }
      slots--;
      do {
        if (!left.isEmpty()) {
          merged.add(left.poll());
        }
      } while (slots == 0 && !left.isEmpty());
    }
    return new MessageFault.Wave(merged, wave.strikes());
  }

  /** Lets each message of a topic be struck as the reply of an exchange would be. */
  private MessageFault.Wave content(BoundFault bound, String edge, String topic, List<Parcel> all) {
    Injector injector = Injector.of(seed, stimulus, List.of(bound));
    Tally tally = injector.tally();
    HttpRequest head = new HttpRequest("RECEIVE", "/" + topic, Headers.NONE, Payload.EMPTY);
    if (!bound.planned().conditions().match().admits(head)) {
      return MessageFault.Wave.calm(all);
    }
    List<Parcel> passing = new ArrayList<>();
    List<Strike> strikes = new ArrayList<>();
    Set<Integer> known = new HashSet<>();
    int call = 0;
    for (Parcel parcel : all) {
      Payload body = parcel.body();
      if (!parcel.topic().equals(topic) || body == null) {
        passing.add(parcel);
        continue;
      }
      Tally.Turn turn = tally.next(edge, call, head);
      if (!injector.needsBody(edge, Stream.DOWNSTREAM, turn)) {
        call++;
        passing.add(parcel); // no fault may strike it
        continue;
      }
      Headers headers = parcel.headers().isEmpty() ? BARE : Headers.of(typed(parcel.headers()));
      Exchange exchange =
          new Exchange(edge, "", call, Stream.DOWNSTREAM, head, new HttpReply(200, headers, body));
      Injector.Injected injected = injector.plan(exchange, turn);
      call++;
      Parcel struck = parcel;
      for (Effect effect : injected.effects()) {
        if (effect instanceof Effect.ReplaceBody replaced) {
          struck = struck.withBody(replaced.body());
        }
      }
      passing.add(struck);
      if (struck != parcel && known.add(parcel.origin())) {
        strikes.add(
            new Strike(
                parcel.origin(),
                parcel.key(),
                changed,
                "message " + (parcel.origin() + 1) + ": " + injected.injections().get(0).detail()));
      }
    }
    return new MessageFault.Wave(passing, strikes);
  }

  private static Map<String, List<String>> typed(Map<String, String> headers) {
    Map<String, List<String>> typed = new TreeMap<>();
    headers.forEach(
        (name, value) -> typed.put(name.toLowerCase(java.util.Locale.ROOT), List.of(value)));
    typed.putIfAbsent(CONTENT_TYPE, List.of("application/json"));
    return typed;
  }
}
