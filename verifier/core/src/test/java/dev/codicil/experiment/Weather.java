package dev.codicil.experiment;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Location;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Faults and profiles to plan with. */
final class Weather {
  private Weather() {}

  static FaultCard card(
      String id,
      boolean content,
      boolean field,
      List<FaultCard.Parameter> parameters,
      Stream... streams) {
    return card(
        id,
        content ? FaultCard.Layer.CONTRACT : FaultCard.Layer.HTTP,
        content,
        field,
        parameters,
        streams);
  }

  static FaultCard card(
      String id,
      FaultCard.Layer layer,
      boolean content,
      boolean field,
      List<FaultCard.Parameter> parameters,
      Stream... streams) {
    return new FaultCard(
        id,
        id,
        layer,
        new LinkedHashSet<>(List.of(streams)),
        content,
        content,
        field,
        parameters,
        "answers in time");
  }

  static final Map<String, FaultCard> CARDS = cards();

  private static Map<String, FaultCard> cards() {
    FaultCard.Parameter pointer =
        new FaultCard.Parameter("pointer", FaultCard.Type.POINTER, null, "which field");
    FaultCard.Parameter time =
        new FaultCard.Parameter("time", FaultCard.Type.DURATION, "6s", "how long");
    Map<String, FaultCard> cards = new LinkedHashMap<>();
    for (FaultCard card :
        List.of(
            card("drop-field", true, true, List.of(pointer), Stream.DOWNSTREAM, Stream.UPSTREAM),
            card("null-field", true, true, List.of(pointer), Stream.DOWNSTREAM, Stream.UPSTREAM),
            card("retype-field", true, true, List.of(pointer), Stream.DOWNSTREAM, Stream.UPSTREAM),
            card("corrupt", true, false, List.of(), Stream.DOWNSTREAM, Stream.UPSTREAM),
            card(
                "latency",
                FaultCard.Layer.WIRE,
                false,
                false,
                List.of(time),
                Stream.DOWNSTREAM,
                Stream.UPSTREAM),
            card(
                "reset",
                FaultCard.Layer.WIRE,
                false,
                false,
                List.of(),
                Stream.DOWNSTREAM,
                Stream.UPSTREAM),
            card("duplicate", false, false, List.of(), Stream.UPSTREAM),
            card("reorder", false, false, List.of(), Stream.UPSTREAM))) {
      cards.put(card.id(), card);
    }
    return cards;
  }

  static @Nullable FaultCard cardOf(String fault) {
    return CARDS.get(fault);
  }

  static ChaosProfile.Entry entry(
      String fault, ChaosProfile.Edges edges, @Nullable Stream stream, String... parameters) {
    Parameters given = Parameters.NONE;
    for (int i = 0; i < parameters.length; i += 2) {
      given = given.with(parameters[i], parameters[i + 1]);
    }
    return new ChaosProfile.Entry(
        fault, edges, stream, given, World.line("chaos-profiles/test.yaml", 7));
  }

  static ChaosProfile profile(String name, ChaosProfile.Entry... entries) {
    return new ChaosProfile(
        name, name, List.of(entries), Location.of("chaos-profiles/" + name + ".yaml"));
  }

  static List<ChaosProfile> all() {
    return List.of(
        profile(
            "field-loss",
            entry("drop-field", ChaosProfile.Edges.ANY, null),
            entry("drop-field", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM),
            entry("null-field", ChaosProfile.Edges.CONSUMER, Stream.UPSTREAM)),
        profile(
            "slow-partner",
            entry("latency", ChaosProfile.Edges.UPSTREAM, null),
            entry("latency", ChaosProfile.Edges.CONSUMER, null, "time", "250ms")),
        profile(
            "disorder",
            entry("duplicate", ChaosProfile.Edges.CONSUMER, null),
            entry("reorder", ChaosProfile.Edges.CONSUMER, null)));
  }
}
