package dev.codicil.experiment;

import dev.codicil.chaos.FaultSet;

/**
 * A stimulus under one fault set; its storm cells, one in each column of a step.
 *
 * @param id stable fingerprint of the stimulus and the fault set; never of side, seed, revision or
 *     path
 * @param stimulus id of the stimulus
 * @param faults what strikes
 * @param request what the faults do to the replayed request itself
 */
public record Experiment(String id, String stimulus, FaultSet faults, RequestFit request) {

  /** Whether the request the provider gets is still within its contract. */
  public enum RequestFit {
    /** The faults leave the request alone. */
    UNTOUCHED,
    /** The request is varied within the contract and must be answered as before. */
    IN_CONTRACT,
    /** The request breaks the contract and should be refused. */
    OUT_OF_CONTRACT
  }
}
