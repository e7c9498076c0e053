package dev.codicil.chaos.fault;

import dev.codicil.chaos.FaultCard;
import java.util.List;

/** Gives a place one of whose values are listed a value that is not in the list. */
final class UnknownEnumValueFault extends ValueFault {
  UnknownEnumValueFault() {
    super(
        "unknown-enum-value",
        "A value is not one of the list",
        FaultCard.Aim.ENUMERATION,
        FaultCard.Fit.BY_TARGET,
        List.of(value("one like those that are listed, which no side lists")),
        "each value that the contract enumerates",
        "A good service has a branch for a value it does not know: it does the safe thing, or"
            + " refuses with a declared error, and takes it for none of those it knows. Where the"
            + " list says that it will grow, it must go on.");
  }
}
