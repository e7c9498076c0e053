package dev.codicil.verdict;

import java.time.LocalDate;
import java.util.List;

/**
 * All that decides whether findings gate. The date is an input like the others: the same history,
 * policy, waivers and date give the same verdict.
 *
 * @param policy what gates, in its environment
 * @param waivers findings that need not gate for a while
 * @param today by which waivers expire
 * @param impact what failing costs
 */
public record Gate(Policy policy, List<Waiver> waivers, LocalDate today, Impact impact) {
  public Gate {
    waivers = List.copyOf(waivers);
  }

  /** A gate that knows no costs. */
  public Gate(Policy policy, List<Waiver> waivers, LocalDate today) {
    this(policy, waivers, today, Impact.NONE);
  }

  /** The same gate, with what failing costs. */
  public Gate reckoning(Impact declared) {
    return new Gate(policy, waivers, today, declared);
  }

  /** A gate without waivers, to which no date matters. */
  public static Gate of(Policy policy) {
    return new Gate(policy, List.of(), LocalDate.EPOCH);
  }
}
