package dev.codicil.amendment.rule;

import static dev.codicil.amendment.rule.Contracts.HERE;
import static dev.codicil.amendment.rule.Contracts.anyOf;
import static dev.codicil.amendment.rule.Contracts.integer;
import static dev.codicil.amendment.rule.Contracts.oneOf;
import static dev.codicil.amendment.rule.Contracts.shape;
import static dev.codicil.amendment.rule.Contracts.string;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import org.junit.jupiter.api.Test;

class TypeSetTest {
  private static final Shape.Node NUMBER = shape(JsonType.NUMBER).build();
  private static final Shape.Node NULL = shape(JsonType.NULL).build();
  private static final Shape.Node ANY = Shape.at(HERE).build();

  @Test
  void aNumberTakesInIntegers() {
    assertThat(TypeSet.of(NUMBER)).containsExactlyInAnyOrder(JsonType.INTEGER, JsonType.NUMBER);
    assertThat(TypeSet.of(integer())).containsExactly(JsonType.INTEGER);
  }

  @Test
  void alternativesAddUpThroughAllLevels() {
    assertThat(TypeSet.of(oneOf(string(), anyOf(integer(), NULL))))
        .containsExactlyInAnyOrder(JsonType.STRING, JsonType.INTEGER, JsonType.NULL);
    assertThat(TypeSet.of(oneOf(string(), ANY))).containsExactlyInAnyOrder(JsonType.values());
    assertThat(TypeSet.named(oneOf(string(), ANY))).isFalse();
    assertThat(TypeSet.named(string())).isTrue();
  }

  @Test
  void nodesMeetInATypeOtherThanNull() {
    assertThat(TypeSet.meet(string(), integer(), false)).isFalse();
    assertThat(TypeSet.meet(string(), integer(), true)).isTrue(); // as text
    assertThat(TypeSet.meet(integer(), NUMBER, false)).isTrue();
    assertThat(TypeSet.meet(oneOf(string(), NULL), oneOf(integer(), NULL), false)).isFalse();
    assertThat(TypeSet.meet(NULL, NULL, false)).isTrue();
    assertThat(TypeSet.meet(NULL, string(), false)).isFalse();
    assertThat(TypeSet.meet(string(), NULL, false)).isFalse();
  }

  @Test
  void theLabelNamesWhatIsSaid() {
    assertThat(TypeSet.label(NUMBER)).isEqualTo("number");
    assertThat(TypeSet.label(integer())).isEqualTo("integer");
    assertThat(TypeSet.label(oneOf(string(), NULL))).isEqualTo("string or null");
    assertThat(TypeSet.label(ANY)).isEqualTo("any");
  }
}
