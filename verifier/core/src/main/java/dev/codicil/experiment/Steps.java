package dev.codicil.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rollout of an amendment: which columns are started, and how one leads to the next.
 *
 * @param columns {@code base}, then one after each step, the last of which is {@code head}
 * @param steps one for each amended name; a single one that amends nobody when nothing is amended,
 *     so that head is still compared with base
 */
public record Steps(List<Column> columns, List<Step> steps) {
  /** Providers are amended before their callers. */
  public static final String PROVIDER_FIRST = "provider-first";

  /** Callers are amended before their providers. */
  public static final String CONSUMER_FIRST = "consumer-first";

  public Steps {
    columns = List.copyOf(columns);
    steps = List.copyOf(steps);
  }

  /**
   * Lays out a rollout.
   *
   * @param subjects all declared subjects
   * @param amended names whose build, configuration or contract changes; need not be subjects
   * @param rollout {@value #PROVIDER_FIRST} or {@value #CONSUMER_FIRST}
   * @throws IllegalArgumentException when {@code rollout} is neither
   */
  public static Steps of(List<Subject> subjects, Set<String> amended, String rollout) {
    List<String> order = new ArrayList<>(new Topology(subjects).providersFirst(amended));
    if (rollout.equals(CONSUMER_FIRST)) {
      Collections.reverse(order);
    } else if (!rollout.equals(PROVIDER_FIRST)) {
      throw new IllegalArgumentException(
          "unknown rollout '"
              + rollout
              + "'; expected "
              + PROVIDER_FIRST
              + " or "
              + CONSUMER_FIRST);
    }
    List<Column> columns = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    Map<String, String> sides = new TreeMap<>();
    columns.add(new Column(Column.BASE, sides));
    if (order.isEmpty()) {
      columns.add(new Column(Column.HEAD, sides));
      steps.add(new Step(List.of(), Column.BASE, Column.HEAD));
    }
    for (int i = 0; i < order.size(); i++) {
      String before = columns.get(i).id();
      String after = i == order.size() - 1 ? Column.HEAD : "step-" + (i + 1);
      sides.put(order.get(i), Column.HEAD);
      columns.add(new Column(after, sides));
      steps.add(new Step(List.of(order.get(i)), before, after));
    }
    return new Steps(columns, steps);
  }
}
