package dev.codicil.chaos.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.contract.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An assault of Chaos Monkey for Spring Boot. Properties are those of its {@code POST /assaults};
 * what is not set here is off, so that one assault is in force at a time.
 */
abstract class MonkeyFault implements Fault {
  static final String HANDLER = "handler";

  /** Why an assault on a process is not repeatable, in the injection log. */
  static final String OF_ITS_MOMENT = " (not repeatable: what it meets differs from run to run)";

  private static final FaultCard.Parameter WHOSE =
      new FaultCard.Parameter(
              HANDLER,
              FaultCard.Type.TEXT,
              null,
              "Whose calls are assaulted: the beginning of CLASS.METHOD. Without it, the method that"
                  + " the service's mappings name for the interaction; where nothing tells, every"
                  + " controller.")
          .such("com.shop.license.LicenseController.issue");

  private final FaultCard card;
  private final Effect.Assault.Kind kind;

  MonkeyFault(
      String id,
      String title,
      Effect.Assault.Kind kind,
      List<FaultCard.Parameter> parameters,
      String goodService) {
    this.kind = kind;
    List<FaultCard.Parameter> all = new ArrayList<>(parameters);
    if (kind == Effect.Assault.Kind.CALLS) {
      all.add(WHOSE);
    }
    this.card =
        new FaultCard(
            id,
            title,
            FaultCard.Layer.APPLICATION,
            Streams.REQUESTS,
            false,
            false,
            FaultCard.Aim.MONKEY,
            FaultCard.Fit.UNTOUCHED,
            all,
            goodService);
  }

  /** Sets the properties of the assault. */
  abstract void assault(Parameters parameters, ObjectNode properties);

  /** How long a single call is held up. */
  Duration lasts(Parameters parameters) {
    return Duration.ZERO;
  }

  /** What the injection log says of it. */
  abstract String detail(Parameters parameters);

  @Override
  public FaultCard card() {
    return card;
  }

  @Override
  public boolean aroundCell() {
    return true;
  }

  @Override
  public boolean repeatable() {
    return kind != Effect.Assault.Kind.PROCESS;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    ObjectNode properties = Json.mapper().createObjectNode();
    properties.put("level", 1).put("deterministic", true); // every call
    properties.put("latencyActive", false).put("exceptionsActive", false);
    properties.put("memoryActive", false).put("cpuActive", false);
    properties.put("killApplicationActive", false);
    assault(parameters, properties);
    return Injection.Plan.of(
        new Effect.Assault(
            kind, properties, parameters.text(HANDLER).orElse(null), lasts(parameters)),
        detail(parameters));
  }

  /** A share of a whole must be above zero and at most one. */
  static boolean isShare(double value) {
    return value > 0 && value <= 1;
  }
}
