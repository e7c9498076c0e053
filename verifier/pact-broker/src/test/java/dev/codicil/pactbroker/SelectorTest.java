package dev.codicil.pactbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mainBranch             | {mainBranch=true}",
        "branch=feat/x          | {branch=feat/x}",
        "tag=prod               | {latest=true, tag=prod}",
        "environment=production | {deployedOrReleased=true, environment=production}",
        "deployed               | {deployed=true}",
        "latest                 | {latest=true}",
      })
  void readsTheShortForm(String text, String keys) {
    assertThat(Selector.parse(text).keys()).hasToString(keys);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "main                | 'main' is no key of a selector",
        "branch=             | 'branch' names nothing",
        "mainBranch=yes      | 'mainBranch' can only be true",
        "fallbackBranch=main | fallbackBranch goes with branch",
        "fallbackTag=main    | fallbackTag goes with tag",
        "tag                 | 'tag' names nothing",
      })
  void refusesWhatTheApiWouldRefuse(String text, String why) {
    assertThatThrownBy(() -> Selector.parse(text)).hasMessage(why);
  }

  @Test
  void refusesKeysThatContradictEachOther() {
    assertThatThrownBy(() -> new Selector(Map.of("branch", "main", "deployed", true)))
        .hasMessageContaining("write several selectors");
    assertThatThrownBy(
            () ->
                new Selector(
                    Map.of("branch", "x", "fallbackBranch", "main", "fallbackToMainBranch", true)))
        .hasMessageContaining("cannot stand together");
    assertThatThrownBy(() -> new Selector(Map.of("tag", "x", "environment", "test")))
        .hasMessageContaining("environment goes with");
    assertThatThrownBy(() -> new Selector(Map.of("mainBranch", false)))
        .hasMessageContaining("can only be true");
    assertThatThrownBy(() -> new Selector(Map.of())).hasMessageContaining("selects nothing");
  }

  @Test
  void theMatchingBranchNeedsABranch() {
    List<Selector> matching = List.of(new Selector(Map.of("matchingBranch", true)));

    assertThatThrownBy(() -> PactsQuery.of(matching)).hasMessageContaining("provider's branch");
    assertThat(new PactsQuery(matching, "main", false, null).selectors()).hasSize(1);
  }

  @Test
  void isNarrowedToAConsumerOnce() {
    Selector main = new Selector(Map.of("mainBranch", true));

    assertThat(main.of("shop").of("till").keys())
        .isEqualTo(Map.of("mainBranch", true, "consumer", "shop"));
  }
}
