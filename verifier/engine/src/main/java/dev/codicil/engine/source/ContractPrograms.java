package dev.codicil.engine.source;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Source;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs contracts that are programs. There is none unless the user allowed it for this one call. */
public interface ContractPrograms {

  /**
   * Runs contracts.
   *
   * @param source where they are
   * @param beside all files that they may use, themselves among them
   * @param programs the contracts
   * @return what came of each one; none is missing
   */
  Map<String, Answer> run(Source source, List<String> beside, List<String> programs);

  /**
   * What came of a contract.
   *
   * @param contracts a JSON list in the vocabulary of the YAML form; null when there is none
   * @param problems what could not be carried over, a list for each contract
   * @param failure why there is no contract; null when there is one, or the file is none
   */
  record Answer(
      @Nullable String contracts, List<List<String>> problems, @Nullable InputException failure) {
    /** The file is no contract. */
    public static final Answer NONE = new Answer(null, List.of(), null);

    public Answer {
      problems = problems.stream().map(List::copyOf).toList();
    }

    /** Contracts, with what could not be carried over of each. */
    public static Answer of(String contracts, List<List<String>> problems) {
      return new Answer(contracts, problems, null);
    }

    /** It could not be run, or gave nothing. */
    public static Answer failed(InputException failure) {
      return new Answer(null, List.of(), failure);
    }
  }
}
