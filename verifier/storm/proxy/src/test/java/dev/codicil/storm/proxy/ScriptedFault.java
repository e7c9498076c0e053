package dev.codicil.storm.proxy;

import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A fault that does what a test says. */
record ScriptedFault(Stream stream, boolean needsBody, Function<Exchange, List<Effect>> script)
    implements Fault {
  static final String EDGE = "checkout->authority";

  /** These effects on every message of one stream. */
  static Injector always(Stream stream, Effect... effects) {
    return injector(stream, false, exchange -> List.of(effects));
  }

  static Injector injector(
      Stream stream, boolean needsBody, Function<Exchange, List<Effect>> script) {
    return Injector.of(1, "stimulus", List.of(bound(stream, needsBody, script)));
  }

  static BoundFault bound(
      Stream stream, boolean needsBody, Function<Exchange, List<Effect>> script) {
    return new BoundFault(
        new PlannedFault("scripted", EDGE, stream, Parameters.NONE),
        new ScriptedFault(stream, needsBody, script));
  }

  @Override
  public FaultCard card() {
    return new FaultCard(
        "scripted",
        "",
        FaultCard.Layer.WIRE,
        Set.of(stream),
        needsBody,
        false,
        false,
        List.of(),
        "");
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    List<Effect> effects = script.apply(exchange);
    return effects.isEmpty() ? Injection.Plan.NONE : new Injection.Plan(effects, "scripted");
  }
}
