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
 */
public record Gate(Policy policy, List<Waiver> waivers, LocalDate today) {
  public Gate {
    waivers = List.copyOf(waivers);
  }

  /** A gate without waivers, to which no date matters. */
  public static Gate of(Policy policy) {
    return new Gate(policy, List.of(), LocalDate.EPOCH);
  }
}
