package dev.codicil.conformance;

import dev.codicil.amendment.Change;
import dev.codicil.contract.ContractFormat.Problem;
import java.util.List;

/**
 * How far documents promise what consumers rely on.
 *
 * @param gaps what they do not promise, worst first, in the form of changes: before is what the
 *     consumer relies on, after what the document says, the base location is in the consumer's
 *     contract and the head location in the provider's document
 * @param undecided what could not be decided; none of it is a pass
 * @param interactions how many interactions of consumers were checked
 */
public record Conformity(List<Change> gaps, List<Problem> undecided, int interactions) {
  public Conformity {
    gaps = List.copyOf(gaps);
    undecided = List.copyOf(undecided);
  }
}
