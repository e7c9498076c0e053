package dev.codicil.verdict;

import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.PublishedRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Topics that a subject is declared to publish to, and on which nothing came in calm in any column:
 * that says as little as an edge nobody reached.
 */
final class UnpublishedTopics {
  private UnpublishedTopics() {}

  static List<Finding> of(RunIndex index, FindingMaker maker) {
    Set<String> watched = new TreeSet<>();
    Set<String> reached = new TreeSet<>();
    for (String column : columns(index)) {
      for (Stimulus stimulus : index.planned().plan().stimuli()) {
        for (CellRecord record : index.records(new Cell(column, stimulus.id(), ""))) {
          PublishedRecord published = record.published();
          if (published != null && published.problem() == null) {
            published
                .topics()
                .forEach(
                    (edge, messages) -> {
                      watched.add(edge);
                      if (!messages.isEmpty()) {
                        reached.add(edge);
                      }
                    });
          }
        }
      }
    }
    watched.removeAll(reached);
    List<Finding> findings = new ArrayList<>();
    for (String edge : watched) {
      findings.add(
          maker.edge(
              edge,
              "nothing was published there in calm, on neither side: does the subject take"
                  + " {broker...} and {topic...} from its configuration, and does something that"
                  + " is replayed make it publish?"));
    }
    return findings;
  }

  private static Set<String> columns(RunIndex index) {
    Set<String> columns = new LinkedHashSet<>();
    for (Step step : index.planned().plan().steps()) {
      columns.add(step.before());
      columns.add(step.after());
    }
    return columns;
  }
}
