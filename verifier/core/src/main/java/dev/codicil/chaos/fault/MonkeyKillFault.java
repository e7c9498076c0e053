package dev.codicil.chaos.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Parameters;
import java.util.List;

/** A service ends itself, as after an error that it cannot go on from. */
final class MonkeyKillFault extends MonkeyFault {
  MonkeyKillFault() {
    super(
        "monkey-kill",
        "A service ends itself",
        Effect.Assault.Kind.LIFE,
        List.of(),
        "A good service that called it does without, as declared, says so in time, and works again"
            + " as soon as it does; of several nodes, another one answers.");
  }

  @Override
  void assault(Parameters parameters, ObjectNode properties) {
    properties.put("killApplicationActive", true);
  }

  @Override
  String detail(Parameters parameters) {
    return "the first node has ended itself";
  }
}
