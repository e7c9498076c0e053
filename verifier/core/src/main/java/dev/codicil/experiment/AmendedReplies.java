package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Witness;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Match;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.fault.AmendedReplyFault;
import dev.codicil.contract.Location;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What only the amended document allows replies to say, one place at a time, as the witnesses of
 * breaking changes show it. Everything else in the reply stays what the provider really said, so
 * that consumers are asked about the change and nothing else.
 */
final class AmendedReplies {
  /** In its name these replies are planned, whatever the profiles are. */
  static final ChaosProfile PROFILE =
      new ChaosProfile(
          "amended-contract",
          "What only the amended contract allows",
          List.of(),
          Location.of("the amendment"));

  static final ChaosProfile.Entry ENTRY =
      new ChaosProfile.Entry(
          AmendedReplyFault.ID,
          ChaosProfile.Edges.UPSTREAM,
          null,
          Parameters.NONE,
          Conditions.NONE,
          Location.of("the amendment"));

  /** Most places of one edge; the changes come worst first. */
  private static final int MOST = 20;

  /** Longest value that a parameter may have. */
  private static final int LONGEST = 500;

  private static final String BODY = "body/";

  private AmendedReplies() {}

  /**
   * The places on one edge.
   *
   * @param written parameters as the profile has them: with a pointer, that one place as written
   */
  static Targets targets(List<Change> changes, Parameters written, String edge) {
    if (written.text(AmendedReplyFault.POINTER).isPresent()) {
      return Targets.one(written, Set.of(), FaultCard.Fit.IN_CONTRACT);
    }
    List<Targets.Target> list = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (Change change : changes) {
      Witness witness = change.witness();
      if (!edge.endsWith("->" + change.provider())
          || witness == null
          || witness.kind() != Witness.Kind.REPLY
          || witness.validOn() != Witness.Side.HEAD) {
        continue;
      }
      if (!change.path().startsWith(BODY)) {
        reasons.add("what the amended document allows beside bodies is not put into replies");
      } else if (list.size() == MOST) {
        reasons.add("more amended places on " + edge + " than are struck one by one");
      } else {
        target(change, witness).ifPresentOrElse(list::add, () -> reasons.add("a value too long"));
      }
    }
    return list.isEmpty() && reasons.isEmpty()
        ? Targets.none(
            AmendedReplyFault.ID
                + " needs an edge whose provider's amended document allows what its base refuses")
        : new Targets(list, reasons);
  }

  private static Optional<Targets.Target> target(Change change, Witness witness) {
    Parameters parameters =
        Parameters.NONE
            .with(AmendedReplyFault.POINTER, change.path().substring(BODY.length() - 1))
            .with(AmendedReplyFault.RULE, change.rule());
    JsonNode value =
        Payload.of(witness.body())
            .json()
            .map(body -> body.at(witness.pointer().substring(BODY.length() - 1)))
            .filter(found -> !found.isMissingNode())
            .orElse(null);
    if (value != null) {
      String text = PlaceValues.ascii(value);
      if (text.length() > LONGEST) {
        return Optional.empty();
      }
      parameters = parameters.with(AmendedReplyFault.VALUE, text);
    }
    return Optional.of(
        new Targets.Target(
            parameters,
            Set.of(AmendedReplyFault.VALUE), // drawn, so no part of an id
            FaultCard.Fit.IN_CONTRACT,
            match(change.operation())));
  }

  private static Match match(String operation) {
    String[] parts = operation.split(" ", 2);
    return parts.length == 2 ? new Match(parts[0], parts[1], null, null, null) : Match.ANY;
  }
}
