package dev.codicil.chaos.fault;

import dev.codicil.chaos.FaultCard;
import java.util.List;

/** Gives a number a value beyond one of its bounds. */
final class OutOfRangeFault extends ValueFault {
  OutOfRangeFault() {
    super(
        "out-of-range",
        "A number is out of its range",
        FaultCard.Aim.NUMBER_BOUND,
        FaultCard.Fit.OUT_OF_CONTRACT,
        List.of(
            bound(
                "Which bound is passed; without it, each that the contract sets.",
                "below",
                "above"),
            value("one a little beyond the bounds of both sides")),
        "each number with a bound",
        "A good service checks the range of what it calculates with and refuses with a declared"
            + " error; it never books a negative amount or a quantity nobody can have.");
  }
}
