package dev.codicil.amendment.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void plainTextUpToTheLongestStaysAsItIs() {
    assertThat(Excerpt.of("a b ~")).isEqualTo("a b ~");
    assertThat(Excerpt.of("x".repeat(80))).isEqualTo("x".repeat(80));
    assertThat(Excerpt.of("x".repeat(81))).isEqualTo("x".repeat(79) + "…");
  }

  @Test
  void whatCannotBeSeenIsMadeVisible() {
    assertThat(Excerpt.of("a\u001b[31m")).isEqualTo("a\\u001b[31m");
    assertThat(Excerpt.of("a\nb")).isEqualTo("a\\u000ab");
    assertThat(Excerpt.of("\u202eabc")).isEqualTo("\\u202eabc"); // a bidirectional override
    assertThat(Excerpt.of("a\u2028b\u2029c")).isEqualTo("a\\u2028b\\u2029c");
    assertThat(Excerpt.of("\ud800")).isEqualTo("\\ud800"); // half of a pair
    assertThat(Excerpt.of("\u0378")).isEqualTo("\\u0378"); // unassigned
    assertThat(Excerpt.of("\u007f")).isEqualTo("\\u007f");
    assertThat(Excerpt.of("größer 漢 😀")).isEqualTo("größer 漢 😀");
  }

  @Test
  void anEscapeIsNeverCutInTwo() {
    assertThat(Excerpt.of("x".repeat(78) + "\u0001")).isEqualTo("x".repeat(78) + "…");
    assertThat(Excerpt.of("x".repeat(74) + "\u0001")).isEqualTo("x".repeat(74) + "\\u0001");
    assertThat(Excerpt.of("x".repeat(74) + "\u0001y")).isEqualTo("x".repeat(74) + "…");
    assertThat(Excerpt.of("😀".repeat(80))).isEqualTo("😀".repeat(80));
    assertThat(Excerpt.of("😀".repeat(81))).isEqualTo("😀".repeat(79) + "…");
  }

  @Test
  void valuesAreQuotedAndTheListIsShortened() {
    assertThat(Excerpt.values(List.of(TextNode.valueOf("a`b"), IntNode.valueOf(3))))
        .isEqualTo("`a'b`, `3`");
    assertThat(Excerpt.values(numbers(5))).isEqualTo("`0`, `1`, `2`, `3`, `4`");
    assertThat(Excerpt.values(numbers(7))).isEqualTo("`0`, `1`, `2`, `3`, `4` and 2 more");
    assertThat(Excerpt.values(List.of(TextNode.valueOf("x".repeat(63)))))
        .isEqualTo("`" + "x".repeat(63) + "`");
    assertThat(Excerpt.values(List.of(TextNode.valueOf("x".repeat(64)))))
        .isEqualTo("`" + "x".repeat(64) + "`");
    assertThat(Excerpt.values(List.of(IntNode.valueOf(1), TextNode.valueOf("x".repeat(70)))))
        .isEqualTo("2 values, first 1");
  }

  private static List<JsonNode> numbers(int count) {
    return IntStream.range(0, count).<JsonNode>mapToObj(IntNode::valueOf).toList();
  }
}
