package dev.codicil.verdict;

import dev.codicil.verdict.FindingImpact.Hit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one flow loses by the findings of one amendment, in each weather. */
final class FlowLosses {
  private final Impact.Flow flow;
  private final Map<Weather, Map<Place, List<Hit>>> hits = new HashMap<>();
  private int seen;
  private int unknown;

  FlowLosses(Impact.Flow flow, List<Finding> findings) {
    this.flow = flow;
    for (Finding one : findings) {
      Impact.Part part = flow.part(one.interaction(), one.operation());
      if (part != null) {
        Hit hit = hit(flow, part, one);
        seen++;
        unknown += hit.unknown() ? 1 : 0;
        hits.computeIfAbsent(Weather.of(one), same -> new LinkedHashMap<>())
            .computeIfAbsent(Place.of(part, one), same -> new ArrayList<>())
            .add(hit);
      }
    }
  }

  /** One rollout step in calm, or under one fault set. */
  record Weather(int step, String faults) {
    static Weather of(Finding finding) {
      return new Weather(finding.step(), finding.faultLabel());
    }
  }

  /** Which interaction of which part a finding is about. */
  private record Place(
      Impact.Part part, String consumer, String provider, String interaction, String operation) {
    static Place of(Impact.Part part, Finding one) {
      return new Place(part, one.consumer(), one.provider(), one.interaction(), one.operation());
    }
  }

  /**
   * What is lost in one weather, in money an hour.
   *
   * @param share of the flow that loses afterwards
   * @param before as far as it is known
   * @param after as far as it is known
   * @param added what is known to have been added
   * @param atMost what may have been added, known or not
   */
  record Sum(
      BigDecimal share, BigDecimal before, BigDecimal after, BigDecimal added, BigDecimal atMost) {
    static final Sum NOTHING =
        new Sum(
            BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** Two flows in the same weather; their shares are of different things. */
    Sum and(Sum other) {
      return new Sum(
          BigDecimal.ZERO,
          before.add(other.before),
          after.add(other.after),
          added.add(other.added),
          atMost.add(other.atMost));
    }
  }

  /** How many findings are about this flow. */
  int seen() {
    return seen;
  }

  /** Of how many of them it is not known what they add. */
  int unknown() {
    return unknown;
  }

  /** What one finding costs this flow. */
  static Hit hit(Impact.Flow flow, Impact.Part part, Finding finding) {
    BigDecimal whole = flow.full().multiply(part.share(), MathContext.DECIMAL128);
    BigDecimal before = lost(flow, whole, finding.before());
    BigDecimal after = lost(flow, whole, finding.after());
    BigDecimal atMost =
        (after == null ? whole : after)
            .subtract(before == null ? BigDecimal.ZERO : before)
            .max(BigDecimal.ZERO);
    return new Hit(flow.name(), flow.unit(), flow.measured(), part.share(), before, after, atMost);
  }

  private static @Nullable BigDecimal lost(
      Impact.Flow flow, BigDecimal whole, Finding.Outcomes row) {
    Outcome storm = row.storm();
    BigDecimal ratio = flow.lost(storm == null ? row.calm() : storm);
    return ratio == null ? null : whole.multiply(ratio, MathContext.DECIMAL128);
  }

  /** Parts are summed, at most to the whole; what was not tried in this weather is as in calm. */
  Sum in(Weather weather) {
    Map<Place, List<Hit>> storm = hits.getOrDefault(weather, Map.of());
    Map<Place, List<Hit>> calm = hits.getOrDefault(new Weather(weather.step(), ""), Map.of());
    Set<Place> places = new LinkedHashSet<>(calm.keySet());
    places.addAll(storm.keySet());
    Map<Impact.Part, List<Hit>> parts = new LinkedHashMap<>();
    for (Place place : places) {
      parts
          .computeIfAbsent(place.part(), same -> new ArrayList<>())
          .addAll(storm.getOrDefault(place, calm.getOrDefault(place, List.of())));
    }
    BigDecimal share = BigDecimal.ZERO;
    BigDecimal before = BigDecimal.ZERO;
    BigDecimal after = BigDecimal.ZERO;
    BigDecimal open = BigDecimal.ZERO;
    for (List<Hit> part : parts.values()) {
      Hit worst = worst(part);
      if (worst.before() != null && worst.after() != null) {
        before = before.add(worst.before());
        after = after.add(worst.after());
        share = worst.after().signum() > 0 ? share.add(worst.share()) : share;
      }
      BigDecimal most = part.stream().map(Hit::atMost).reduce(BigDecimal.ZERO, BigDecimal::max);
      open = open.add(most.subtract(worst.added()));
    }
    before = before.min(flow.full());
    after = after.min(flow.full());
    BigDecimal added = after.subtract(before).max(BigDecimal.ZERO);
    BigDecimal atMost = added.add(open).min(flow.full()).max(added);
    return new Sum(share.min(BigDecimal.ONE), before, after, added, atMost);
  }

  /**
   * Interactions of one part share its volume in a way nobody declared: the worst stands for it.
   */
  private static Hit worst(List<Hit> hits) {
    Hit worst = hits.get(0);
    for (Hit hit : hits) {
      int more = hit.added().compareTo(worst.added());
      if (more > 0 || more == 0 && loss(hit).compareTo(loss(worst)) > 0) {
        worst = hit;
      }
    }
    return worst;
  }

  /** What is known to be lost afterwards; below zero where nothing is known. */
  private static BigDecimal loss(Hit hit) {
    return hit.after() == null || hit.before() == null ? BigDecimal.ONE.negate() : hit.after();
  }
}
