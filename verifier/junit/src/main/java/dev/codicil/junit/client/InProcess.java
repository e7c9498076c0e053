package dev.codicil.junit.client;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Payload;
import dev.codicil.engine.ClientStage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says which faults need a wire, a second node or the world, and so a proxy. */
final class InProcess {
  private static final Set<Class<? extends Effect>> PERFORMED =
      Set.of(
          Effect.ReplaceBody.class,
          Effect.SetHeaders.class,
          Effect.ReplaceReply.class,
          Effect.Answer.class,
          Effect.Delay.class,
          Effect.Cut.class,
          Effect.Stall.class,
          Effect.Duplicate.class,
          Effect.Stale.class);

  private static final Headers JSON = Headers.of("content-type", "application/json");
  private static final HttpRequest REQUEST =
      new HttpRequest("POST", "/", JSON.with("authorization", "x"), Payload.of("{\"a\":[1,2]}"));
  private static final HttpReply REPLY = new HttpReply(200, JSON, Payload.of("{\"a\":[1,2]}"));

  /** So many exchanges, each new and repeated, show all that patterns such as flapping do. */
  private static final int TRIED = 4;

  private InProcess() {}

  /** Whether a client in this process can be struck so without a proxy. */
  static boolean performs(Effect effect) {
    return PERFORMED.contains(effect.getClass());
  }

  /**
   * Refuses a profile of which something could not be performed.
   *
   * @param chosen which of its faults are wanted
   * @param repeats whether the client can send one request twice
   * @throws InputException that names them all
   */
  static void check(ChaosProfile profile, Predicate<ChaosProfile.Entry> chosen, boolean repeats) {
    List<String> refused = new ArrayList<>();
    ChaosProfile.@Nullable Entry first = null;
    for (ChaosProfile.Entry entry : profile.all()) {
      // What a consumer sends to the replayed subject: here there is none before the client.
      if (entry.edges() == ChaosProfile.Edges.CONSUMER || !chosen.test(entry)) {
        continue;
      }
      Optional<String> why = refusal(entry, repeats);
      if (why.isPresent()) {
        first = first == null ? entry : first;
        String line = entry.fault() + " (" + why.get() + ")";
        if (!refused.contains(line)) {
          refused.add(line);
        }
      }
    }
    if (first != null) {
      throw new InputException(
          first.location(),
          "cannot be performed in process: " + String.join(", ", refused),
          "leave them out with without(...), or use @AmendmentTest, which has a proxy");
    }
  }

  private static Optional<String> refusal(ChaosProfile.Entry entry, boolean repeats) {
    Fault fault = ClientStage.fault(entry);
    if (entry.load() != null) {
      return Optional.of("it strikes under load");
    }
    switch (fault.card().aim()) {
      case TLS_EDGE:
        return Optional.of("it strikes handshakes");
      case NODE:
      case FLEET:
      case CALLER_NODE:
      case ZONE:
        return Optional.of("it strikes nodes");
      case NAMED_EDGE:
      case WORLD:
        return Optional.of("it acts on the world around");
      case SEQUENCE:
        return Optional.of("it strikes messages of a broker");
      case AMENDED_PROVIDER:
      case AMENDED_REPLY:
        return Optional.of("it needs both versions of the provider");
      default:
        return tried(fault, entry, repeats);
    }
  }

  /** Plans it for sample exchanges, to see what it would want done. */
  private static Optional<String> tried(Fault fault, ChaosProfile.Entry entry, boolean repeats) {
    Parameters parameters;
    try {
      parameters = fault.card().complete(entry.parameters());
    } catch (IllegalArgumentException derived) {
      return Optional.empty(); // its place is found with the contract; the plan is checked again
    }
    for (Stream stream : EnumSet.allOf(Stream.class)) {
      for (int call = 0; call < TRIED; call++) {
        Exchange exchange =
            new Exchange(
                "", "", call, stream, REQUEST, stream == Stream.UPSTREAM ? null : REPLY, call > 1);
        List<Effect> effects;
        try {
          effects = fault.plan(exchange, parameters, Dice.of(1, "", call, "")).effects();
        } catch (IllegalArgumentException derived) {
          return Optional.empty();
        }
        for (Effect effect : effects) {
          if (effect instanceof Effect.Duplicate && !repeats) {
            return Optional.of("this client sends a request once");
          }
          if (!performs(effect)) {
            return Optional.of("it needs a wire");
          }
        }
      }
    }
    return Optional.empty();
  }
}
