package dev.codicil.chaos.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What handles a request throws. */
final class MonkeyExceptionFault extends MonkeyFault {
  private static final String TYPE = "type";
  private static final String MESSAGE = "message";
  private static final Pattern CLASS = Pattern.compile("[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*");

  MonkeyExceptionFault() {
    super(
        "monkey-exception",
        "A handler throws",
        Effect.Assault.Kind.CALLS,
        List.of(
            new FaultCard.Parameter(
                TYPE,
                FaultCard.Type.TEXT,
                "java.lang.RuntimeException",
                "Class of the exception that each call of the handler throws; it has a constructor"
                    + " that takes a text."),
            new FaultCard.Parameter(
                MESSAGE,
                FaultCard.Type.TEXT,
                "assaulted by a Chaos Monkey",
                "Its message, which no reply may tell.")),
        "A good service answers with its declared error in time, without a stack trace or what the"
            + " exception says, and leaves nothing half done; who calls it tries again only what may"
            + " be tried again.");
  }

  @Override
  void assault(Parameters parameters, ObjectNode properties) {
    properties.put("exceptionsActive", true);
    ObjectNode exception = properties.putObject("exception");
    exception.put(TYPE, parameters.require(TYPE)).put("method", "<init>");
    exception
        .putArray("arguments")
        .addObject()
        .put("type", "java.lang.String")
        .put("value", parameters.require(MESSAGE));
  }

  @Override
  String detail(Parameters parameters) {
    return "calls throw " + parameters.require(TYPE);
  }

  @Override
  public Optional<String> contradiction(
      ChaosProfile.Edges edges, Stream stream, Parameters parameters) {
    String type = parameters.require(TYPE);
    return CLASS.matcher(type).matches()
        ? Optional.empty()
        : Optional.of("'" + type + "' is no class; expected one such as java.io.IOException");
  }
}
