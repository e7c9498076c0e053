package dev.codicil.verdict;

import dev.codicil.experiment.Experiment;
import dev.codicil.verdict.AmendmentImpact.FlowTotal;
import dev.codicil.verdict.AmendmentImpact.Total;
import dev.codicil.verdict.FlowLosses.Sum;
import dev.codicil.verdict.FlowLosses.Weather;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what findings cost. An outcome stands for every request of its interaction. Within one fault
 * set the parts of a flow are summed, at most to the whole of it; an interaction that the fault set
 * was not tried on counts as it did in calm.
 */
final class ImpactJudge {
  /** Findings by what is added, the most first. */
  static final Comparator<Finding> MOST_ADDED_FIRST =
      Comparator.comparing(ImpactJudge::added).reversed();

  private final Impact impact;
  private final Map<String, String> profiles = new HashMap<>();

  ImpactJudge(Impact impact, Collection<Experiment> experiments) {
    this.impact = impact;
    experiments.forEach(one -> profiles.put(one.id(), one.faults().profile()));
  }

  private static BigDecimal added(Finding finding) {
    FindingImpact cost = finding.impact();
    return cost == null ? BigDecimal.ZERO : cost.added();
  }

  /** The findings, each with what it costs where its interaction belongs to a flow. */
  List<Finding> tell(List<Finding> findings) {
    return impact.declared() ? findings.stream().map(this::tell).toList() : findings;
  }

  private Finding tell(Finding finding) {
    List<FindingImpact.Hit> hits = new ArrayList<>();
    for (Impact.Flow flow : impact.flows()) {
      Impact.Part part = flow.part(finding.interaction(), finding.operation());
      if (part != null) {
        FindingImpact.Hit hit = FlowLosses.hit(flow, part, finding);
        if (hit.tells()) {
          hits.add(hit);
        }
      }
    }
    return hits.isEmpty()
        ? finding
        : finding.costing(
            new FindingImpact(impact.currency(), profiles.getOrDefault(finding.id(), ""), hits));
  }

  /** What an amendment costs; null when nothing is declared. */
  @Nullable AmendmentImpact total(List<Finding> findings) {
    if (!impact.declared()) {
      return null;
    }
    Map<Weather, String> weathers = new LinkedHashMap<>();
    for (Finding finding : findings) {
      weathers.putIfAbsent(Weather.of(finding), under(finding));
    }
    Map<Weather, Sum> all = new LinkedHashMap<>();
    List<FlowTotal> flows = new ArrayList<>();
    for (Impact.Flow flow : impact.flows()) {
      FlowLosses losses = new FlowLosses(flow, findings);
      Map<Weather, Sum> sums = new LinkedHashMap<>();
      weathers.keySet().forEach(weather -> sums.put(weather, losses.in(weather)));
      sums.forEach((weather, sum) -> all.merge(weather, sum, Sum::and));
      Weather worst = worst(sums);
      flows.add(
          new FlowTotal(
              flow.name(),
              flow.unit(),
              flow.measured(),
              flow.full(),
              losses.seen(),
              losses.unknown(),
              worst == null ? BigDecimal.ZERO : sums.getOrDefault(worst, Sum.NOTHING).share(),
              total(worst, sums, weathers),
              atMost(sums),
              flow.assumptions()));
    }
    return new AmendmentImpact(
        impact.currency(), total(worst(all), all, weathers), atMost(all), impact.above(), flows);
  }

  private String under(Finding finding) {
    String profile = profiles.getOrDefault(finding.id(), "");
    return profile.isEmpty() || finding.faultLabel().isEmpty()
        ? finding.faultLabel()
        : profile + ": " + finding.faultLabel();
  }

  private static @Nullable Weather worst(Map<Weather, Sum> sums) {
    return sums.entrySet().stream()
        .max(
            Comparator.comparing((Map.Entry<Weather, Sum> one) -> one.getValue().added())
                .thenComparing(one -> one.getValue().after())
                .thenComparing(one -> one.getKey().faults(), Comparator.reverseOrder())
                .thenComparing(one -> one.getKey().step(), Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static Total total(
      @Nullable Weather weather, Map<Weather, Sum> sums, Map<Weather, String> weathers) {
    if (weather == null) {
      return Total.NOTHING;
    }
    Sum sum = sums.getOrDefault(weather, Sum.NOTHING);
    return new Total(weathers.getOrDefault(weather, ""), sum.before(), sum.after(), sum.added());
  }

  private static BigDecimal atMost(Map<Weather, Sum> sums) {
    return sums.values().stream().map(Sum::atMost).reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  /**
   * What the limit makes of the verdict.
   *
   * @param findings those that no waiver keeps from deciding
   */
  Verdict weigh(List<Finding> findings, Set<String> reasons) {
    BigDecimal above = impact.above();
    AmendmentImpact total = above == null ? null : total(findings);
    if (above == null || total == null || total.atMost().compareTo(above) <= 0) {
      return Verdict.PASS;
    }
    BigDecimal added = total.worst().added();
    boolean fails = added.compareTo(above) > 0;
    reasons.add(
        (fails
                ? "adds about " + money(added) + " to losses"
                : "may add up to " + money(total.atMost()) + " to losses, as outcomes are unknown")
            + "; impact.above is "
            + money(above)
            + " ("
            + impact.aboveAt()
            + ")");
    return fails ? Verdict.FAIL : Verdict.INCONCLUSIVE;
  }

  private String money(BigDecimal amount) {
    return Figures.about(amount) + " " + impact.currency() + " an hour";
  }
}
