package dev.codicil.chaos.fault;

import dev.codicil.chaos.FaultCard;
import java.util.List;

/** Gives a number the least or the greatest value that both sides allow. */
final class BoundaryValueFault extends ValueFault {
  BoundaryValueFault() {
    super(
        "boundary-value",
        "A number is at the end of its range",
        FaultCard.Aim.NUMBER_BOUND,
        FaultCard.Fit.IN_CONTRACT,
        List.of(
            bound(
                "Which end of the range; without it, each that the contract sets.",
                "least",
                "greatest"),
            value("the last one that both sides allow")),
        "each number with a bound",
        "A good service works with every number its contract allows, the first and the last"
            + " included.");
  }
}
