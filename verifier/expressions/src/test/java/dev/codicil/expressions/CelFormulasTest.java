package dev.codicil.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import dev.codicil.experiment.Formula;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelFormulasTest {
  private static final Location HERE = Location.of("codicil.yaml");

  private static final Map<String, JsonNode> VALUES =
      values(
          "reply",
          "{'status': 201, 'headers': {'etag': 'x'}, 'body': {'id': 'o-1', 'seats': 3}}",
          "request",
          "{'method': 'POST', 'path': '/orders', 'query': '', 'headers': {}, 'body': {}}",
          "sold",
          "{'status': 200, 'headers': {}, 'body': {'seats': 5}}",
          "used",
          "{'status': 200, 'headers': {}, 'body': {'seats': 3, 'orders': [{'id': 'o-1',"
              + " 'total': 0.1}, {'id': 'o-2', 'total': 0.2}], 'none': null, 'share': 0.5, 'status': 'on',"
              + " 'big': 12345678901234567890123}}",
          "before",
          "{'used': {'status': 200, 'headers': {}, 'body': {'seats': 2}}}");

  private static Map<String, JsonNode> values(String... pairs) {
    Map<String, JsonNode> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      try {
        values.put(pairs[i], Json.mapper().readTree(pairs[i + 1].replace('\'', '"')));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(pairs[i + 1], e);
      }
    }
    return values;
  }

  private static Formula formula(String text) {
    return CelFormulas.compile(text, List.of("sold", "used"), HERE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "used.body.seats <= sold.body.seats                       ~ true",
        "used.body.seats > sold.body.seats                        ~ false",
        "used.body.share < 1                                      ~ true",
        "used.body.share + 0.5 == 1.0                              ~ true",
        "reply.status != 201 || used.body.orders.exists_one(o, o.id == reply.body.id) ~ true",
        "used.body.orders.all(o, used.body.orders.filter(p, p.id == o.id).size() == 1) ~ true",
        "sum(used.body.orders.map(o, o.total)) == 0.3             ~ true",
        "sum([1, 2, 3]) == 6                                      ~ true",
        "before.used.body.seats + 1 == used.body.seats            ~ true",
        "has(reply.body.seats) && !has(reply.body.price)          ~ true",
        "used.body.none == null                                   ~ true",
        "reply.headers['etag'] == 'x'                             ~ true",
        "request.path.startsWith('/orders')                       ~ true",
        "reply.body.id.matches('^o-[0-9]+$')                      ~ true",
      })
  void aStatementIsTrueOrFalse(String text, boolean expected) {
    Formula.Answer answer = formula(text).evaluate(VALUES);

    assertThat(answer.problem()).isEmpty();
    assertThat(answer.holds()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "used.body.sets <= 5               ~ sets",
        "used.body.seats / 0 == 1          ~ by zero",
        "used.body.orders[7].id == 'x'     ~ ",
        "reply.body.id < 3                 ~ ",
        "used.body.big > 5                 ~ ",
        "used.body.seats                   ~ a number, neither true nor false",
        "sum(used.body.orders) == 1        ~ sum of what is no number",
        "9223372036854775807 + used.body.seats > 0 ~ ",
      })
  void whatCannotBeDecidedIsNeitherTrueNorFalse(String text, String why) {
    Formula.Answer answer = formula(text).evaluate(VALUES);

    assertThat(answer.holds()).isNull();
    assertThat(answer.problem()).isNotBlank().contains(why == null ? "" : why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "used.body.seats <=",
        "usd.body.seats <= 5",
        "reply.stats == 200",
        "reply.status == 'ok'",
        "before.nobody.body == 1",
        "1 + 1",
        "'text'",
        "",
        "no_such_function(reply)",
      })
  void whatCannotBeAStatementIsRefusedWhereItStands(String text) {
    assertThatThrownBy(() -> formula(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("codicil.yaml")
        .hasMessageContaining("the check cannot be used");
  }

  @Test
  void theErrorSaysAtWhichCharacter() {
    assertThatThrownBy(() -> formula("used.body.seats <= slod.body.seats"))
        .hasMessageContaining("slod")
        .hasMessageContaining("at character 20");
  }

  @Test
  void aStatementThatNestsLoopsWithoutEndIsGivenUp() {
    String nested = "true";
    for (int i = 0; i < 9; i++) {
      nested = "[1,2,3,4,5,6,7,8,9,10].all(v" + i + ", " + nested + ")";
    }

    Formula.Answer answer = formula(nested).evaluate(VALUES);

    assertThat(answer.holds()).isNull();
    assertThat(answer.problem()).containsIgnoringCase("iteration");
  }

  @Test
  void aStatementTooDeepOrTooLongIsRefused() {
    assertThatThrownBy(() -> formula("(".repeat(500) + "true" + ")".repeat(500)))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> formula("true" + " && true".repeat(5000)))
        .isInstanceOf(InputException.class);
  }

  @Test
  void nothingMakesTextsLonger() {
    assertThat(formula("'a' + 'b' == 'ab'").evaluate(VALUES).holds()).isNull();
    assertThat(formula("reply.body.id + reply.body.id == ''").evaluate(VALUES).holds()).isNull();
  }

  @Test
  void whatItReadIsToldByPlace() {
    Formula formula =
        formula("used.body.seats <= sold.body.seats && used.body.orders.all(o, o.total > 0.0)");

    assertThat(formula.variables()).containsExactly("sold", "used");
    assertThat(formula.evaluate(VALUES).read())
        .containsEntry("used.body.seats", "3")
        .containsEntry("sold.body.seats", "5")
        .containsKey("used.body.orders")
        .hasSize(3);
    assertThat(formula("!has(used.body.price)").evaluate(VALUES).read())
        .containsExactly(Map.entry("used.body.price", "absent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "used.body.seats <= sold.body.seats             ~ true",
        "reply.status < 500                             ~ true",
        "used.body.orders.all(o, o.total < 100.0)       ~ true",
        "size(used.body.orders) == 2                    ~ true",
        "reply.body.id != 'o-2'                         ~ true",
        "used.body.status != 'off'                      ~ true",
        "true                                           ~ false",
        "reply.status >= 100                            ~ false",
        "reply.status < 500 || true                     ~ false",
        "size(used.body.orders) >= 0                    ~ false",
        "used.body.seats == used.body.seats             ~ false",
      })
  void whatNoValueCouldViolateIsSeen(String text, boolean violable) {
    assertThat(formula(text).evaluate(VALUES).holds()).isTrue();
    assertThat(formula(text).violable(VALUES)).isEqualTo(violable);
  }
}
