package dev.codicil.chaos.fault;

import dev.codicil.chaos.FaultCard;
import java.util.List;

/** Gives a text with a pattern or a format a value that has neither. */
final class MalformedTextFault extends ValueFault {
  MalformedTextFault() {
    super(
        "malformed-text",
        "A text has another form",
        FaultCard.Aim.TEXT_FORM,
        FaultCard.Fit.OUT_OF_CONTRACT,
        List.of(value("one that does not match the pattern, or does not have the format")),
        "each text with a pattern or a format",
        "A good service parses dates, ids and addresses strictly and refuses what it cannot read"
            + " with a declared error, not with a stack trace.");
  }
}
