package dev.codicil.chaos;

/** A planned fault with the code that performs it. */
public record BoundFault(PlannedFault planned, Fault fault) {}
