package dev.codicil.formats.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Differ;
import dev.codicil.contract.Contract;
import dev.codicil.contract.InputException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document written differently, without a change of meaning, gives no change. */
class RefactoringTest {
  private static final String V30 =
      """
      openapi: 3.0.3
      paths:
        /orders:
          post:
            parameters:
              - {name: page, in: query, schema: {type: integer, minimum: 1, default: 1}}
            requestBody:
              required: true
              content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
            responses:
              '200':
                content:
                  application/json:
                    schema:
                      type: array
                      minItems: 1
                      items: {$ref: '#/components/schemas/Order'}
      components:
        schemas:
          Order:
            type: object
            required: [sku, state]
            properties:
              sku: {type: string, minLength: 2, maxLength: 8, pattern: '^[A-Z]+'}
              state: {type: string, enum: [open, paid, sent]}
              note: {type: string, nullable: true}
              price: {type: number, minimum: 0, multipleOf: 0.01}
              parent: {$ref: '#/components/schemas/Order'}
              pay:
                oneOf:
                  - {$ref: '#/components/schemas/Card'}
                  - {$ref: '#/components/schemas/Bill'}
          Card: {type: object, required: [number], properties: {number: {type: string}}}
          Bill: {type: object, required: [iban], properties: {iban: {type: string}}}
      """;

  private static final String V31 =
      V30.replace("3.0.3", "3.1.0")
          .replace("{type: string, nullable: true}", "{type: [string, 'null'], maxLength: 9}")
          .replace(
              "          Card:",
              "          Rules: {type: object, not: {required: [a]}, if: {required: [b]},"
                  + " then: {required: [c]}, minProperties: 1, properties: {tags: {type: array,"
                  + " uniqueItems: true, contains: {type: string}, minContains: 2}}}\n"
                  + "          Card:")
          .replace(
              "              parent:",
              "              rules: {$ref: '#/components/schemas/Rules'}\n"
                  + "              parent:");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void writtenDifferentlyIsNoChange(long seed) {
    for (String text : List.of(V30, V31)) {
      for (int round = 0; round < 20; round++) {
        JsonNode document = MemorySource.of("a.yaml", text).document("a.yaml").root();
        JsonNode rewritten = Rewriting.of(document, new Random(seed * 1_000 + round));
        List<Change> changes = diff(document, rewritten);
        assertThat(changes).as("seed %d round %d: %s", seed, round, rewritten).isEmpty();
      }
    }
  }

  /** Each of n schemas names the next in one field, and the next with the first in another. */
  private static String combining(int count) {
    StringBuilder text =
        new StringBuilder(
            "openapi: 3.1.0\npaths: {/a: {get: {responses: {'200': {content: {application/json:"
                + " {schema: {$ref: '#/components/schemas/S0'}}}}}}}}\ncomponents:\n  schemas:\n");
    for (int i = 0; i < count; i++) {
      String next = "{$ref: '#/components/schemas/S" + Math.min(i + 1, count - 1) + "'}";
      text.append(
          "    S%d: {properties: {x: %s, y: {allOf: [%s, {$ref: '#/components/schemas/S0'}]}%s}}\n"
              .formatted(i, next, next, i == count - 1 ? ", end: {type: string}" : ""));
    }
    return text.toString();
  }

  @Test
  void allOfInCyclesIsComparedToTheEnd() {
    Contract before = MemorySource.of("a.yaml", combining(6)).reading("a.yaml").contract();
    Contract after =
        MemorySource.of(
                "a.yaml", combining(6).replace("end: {type: string}", "end: {type: number}"))
            .reading("a.yaml")
            .contract();

    assertThat(Differ.diff(List.of(before), List.of(before))).isEmpty();
    assertThat(Differ.diff(List.of(before), List.of(after)))
        .isNotEmpty()
        .allSatisfy(change -> assertThat(change.rule()).isEqualTo("type-changed"));
  }

  @Test
  void allOfThatExplodesEndsInALocatedError() {
    Contract before = MemorySource.of("a.yaml", combining(24)).reading("a.yaml").contract();
    Contract after =
        MemorySource.of(
                "a.yaml", combining(24).replace("end: {type: string}", "end: {type: number}"))
            .reading("a.yaml")
            .contract();

    assertThatThrownBy(() -> Differ.diff(List.of(before), List.of(after)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.yaml")
        .hasMessageContaining("combinations of schemas");
  }

  private static List<Change> diff(JsonNode before, JsonNode after) {
    return Differ.diff(List.of(contract(before)), List.of(contract(after)));
  }

  private static Contract contract(JsonNode document) {
    return MemorySource.of("a.yaml", document.toString()).reading("a.yaml").contract();
  }
}
