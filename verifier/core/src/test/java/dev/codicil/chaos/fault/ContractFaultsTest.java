package dev.codicil.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Samples;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is particular to the faults that follow from a contract; aiming is tested with the planner.
 */
class ContractFaultsTest {
  private static Injection.Plan plan(String id, String body, Map<String, String> written) {
    Fault fault = Faults.byId(id).orElseThrow();
    return fault.plan(
        Samples.json(Stream.DOWNSTREAM, body.replace('\'', '"')),
        fault.card().complete(new Parameters(written)),
        Dice.of(7, "interaction", 0, id));
  }

  private static String struck(String id, String body, Map<String, String> written) {
    Injection.Plan plan = plan(id, body, written);
    return plan.isEmpty()
        ? plan.detail()
        : ((Effect.ReplaceBody) plan.effects().get(0)).body().utf8().replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "empty-array | /a   | {'a': [1, 2], 'b': [3]}         | {'a': [], 'b': [3]}",
        "empty-array | /a   | {'a': [], 'b': [3]}             | /a is like that already",
        "empty-array | /a/* | {'a': [[1], [2, 3]]}            | {'a': [[], []]}",
        "empty-array | /a   | {'a': 'text'}                   | /a is like that already",
        "empty-array | ''   | [1, {'a': [2]}]                 | []",
        "short-array | /a   | {'a': [ {'b': ','}, 2 ], 'c':1} | {'a': [{'b': ','}], 'c':1}",
        "short-array | /a   | {'a': [1]}                      | /a is like that already",
        "short-array | ''   | [ 'x' , 'y' ]                   | ['x']",
        "long-array  | /a   | {'a': [1, 'x']}                 | {'a': [1,'x',1,'x',1]}",
        "long-array  | /a   | {'a': []}                       | /a is like that already",
        "long-array  | /a   | {'a': [1,2,3,4,5]}              | /a is like that already",
        "long-array  | ''   | [7]                             | [7,7,7,7,7]",
        "reorder-array | /a | {'a': [ {'b': ','}, 2 ], 'c':1} | {'a': [2,{'b': ','}], 'c':1}",
        "reorder-array | /a | {'a': [1, 1]}                 | /a is like that already",
        "reorder-array | '' | [1, 2, 3]                     | [3,2,1]",
        "empty-array | /c   | {'a': []}                       | the body has no /c",
      })
  void arraysKeepTheirOwnItems(String id, String pointer, String body, String expected) {
    Map<String, String> written =
        pointer.isEmpty() ? Map.of("size", "5") : Map.of("pointer", pointer, "size", "5");
    if (!id.equals("long-array")) {
      written = pointer.isEmpty() ? Map.of() : Map.of("pointer", pointer);
    }
    assertThat(struck(id, body, written)).isEqualTo(expected);
  }

  /** A body of a megabyte in one item must not become ten gigabytes. */
  @Test
  void aLongArrayOfLargeItemsIsNotWritten() {
    String large = "[\"" + "x".repeat(1_000_000) + "\"]";
    assertThat(plan("long-array", large, Map.of("size", "10000")).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unknown-enum-value | {'a':'OPEN','b':1}  | 'LOST'    | {'a':'LOST','b':1}",
        "unknown-enum-value | {'a':'OPEN'}        | LOST      | {'a':'LOST'}",
        "out-of-range       | {'a': 1.50 }        | -1        | {'a': -1 }",
        "out-of-range       | {'a': 1}            | 1e400     | {'a': 1e400}",
        "boundary-value     | {'a': 1}            | 100.00    | {'a': 100.00}",
        "malformed-text     | {'a':'2026-11-22'}  | not a day | {'a':'not a day'}",
        "malformed-text     | {'a':'2026-11-22'}  | 1 2       | {'a':'1 2'}",
      })
  void aValueTakesThePlaceOfAnother(String id, String body, String value, String expected) {
    Map<String, String> written = Map.of("pointer", "/a", "value", value.replace('\'', '"'));
    assertThat(struck(id, body, written)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown-enum-value", "out-of-range", "boundary-value", "malformed-text"})
  void withoutAValueThereIsNothingToPut(String id) {
    assertThat(struck(id, "{'a':1}", Map.of("pointer", "/a")))
        .isEqualTo("no contract says which value that would be");
  }

  @Test
  void aTextHasTheLengthItIsTold() {
    Map<String, String> fiftyOne = Map.of("pointer", "/a", "length", "51");
    assertThat(struck("text-length", "{'a':'x'}", fiftyOne)).matches("\\{'a':'[a-z]{51}'}");
    assertThat(struck("text-length", "{'a':'x'}", Map.of("pointer", "/a", "length", "0")))
        .isEqualTo("{'a':''}");
    assertThat(plan("text-length", "{'a':'x'}", fiftyOne).detail())
        .isEqualTo("/a to a text of length 51");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'b': 1}                       | {'b': 1,'more':true}",
        "{ 'b': 1 }                     | { 'b': 1 ,'more':true}",
        "{}                             | {'more':true}",
        "{ }                            | { 'more':true}",
        "{'more': 1}                    | the body is like that already",
        "[1]                            | the body is like that already",
      })
  void aFieldMoreStandsBehindTheOthers(String body, String expected) {
    assertThat(struck("undeclared-field", body, Map.of("name", "more", "value", "true")))
        .isEqualTo(expected);
  }

  @Test
  void aFieldMoreGoesIntoEveryItemAndAnyNameStaysOneName() {
    assertThat(
            struck(
                "undeclared-field",
                "{'a':[{'b':1},{},2]}",
                Map.of("pointer", "/a/*", "name", "x", "value", "hello there")))
        .isEqualTo("{'a':[{'b':1,'x':'hello there'},{'x':'hello there'},2]}");
    assertThat(struck("undeclared-field", "{}", Map.of("name", "a/b~c\"}", "value", "{\"d\":[1]}")))
        .isEqualTo("{'a/b~c\\'}':{'d':[1]}}");
  }

  @Test
  void anUndeclaredStatusLeavesTheRestOfTheReply() {
    Injection.Plan plan = plan("undeclared-status", "{'a':1}", Map.of("status", "299"));
    assertThat(plan.effects())
        .containsExactly(
            new Effect.ReplaceReply(
                new HttpReply(
                    299, Headers.of("content-type", "application/json"), Payload.of("{\"a\":1}"))));
    assertThat(plan.detail()).isEqualTo("status 299");
    assertThat(plan("undeclared-status", "{}", Map.of("status", "200")).detail())
        .isEqualTo("the status is 200 already");
    assertThat(plan("undeclared-status", "{}", Map.of()).isEmpty()).isTrue();
  }

  @Test
  void whatIsNotJsonIsLeftAlone() {
    for (String id : Faults.ids()) {
      Fault fault = Faults.byId(id).orElseThrow();
      if (fault.card().targetsField()) {
        Injection.Plan plan =
            fault.plan(
                Samples.json(Stream.DOWNSTREAM, "<items/>"),
                Samples.striking(fault.card()),
                Dice.of(7, "interaction", 0, id));
        assertThat(plan).as(id).isEqualTo(Injection.Plan.none("the body is not JSON"));
      }
    }
  }
}
