package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictReaderTest {
  private static final String GOOD = Reporters.json().render(Fixture.report());

  @Test
  void isWrittenAgainByteForByte() {
    assertThat(Reporters.json().render(VerdictReader.read(GOOD, "verdict.json"))).isEqualTo(GOOD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "1", "\"x\"", "{}", "{\"schema\":\"other/1\"}"})
  void whatIsNoVerdictIsOneClearError(String text) {
    assertThatThrownBy(() -> VerdictReader.read(text, "x/verdict.json"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("x/verdict.json")
        .hasMessageContaining("that codicil verify wrote");
  }

  @ParameterizedTest
  @CsvSource({
    "/amendments/0, verdict, \"great\", unknown 'great'",
    "/amendments/0, findings, {}, expected a list",
    "/amendments/0, seed, 1.5, expected an integer",
    "/amendments/0, seed, 99999999999999999999, expected an integer",
    "/amendments/0, coverage, null, expected an object",
    "/amendments/0, ledger, {}, something is missing",
    "/amendments/1/findings/0, kind, \"odd\", unknown 'odd'",
    "/amendments/1/findings/0, step, 5000000000, expected an integer of 32 bits",
    "/amendments/1/findings/0, gates, \"yes\", expected true or false",
    "/amendments/1/findings/0, before, null, expected a text",
    "/amendments/1/findings/0, evidence, [\"gone@base\"], there is no cell 'gone@base'",
    "/amendments/1/changes/0, touches, null, something is missing"
  })
  void whatIsWrongIsNamed(String at, String field, String value, String said) throws IOException {
    ObjectNode root = (ObjectNode) Json.mapper().readTree(GOOD);
    ((ObjectNode) root.at(at)).set(field, Json.mapper().readTree(value));

    assertThatThrownBy(() -> VerdictReader.read(root.toString(), "v.json"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at " + at)
        .hasMessageContaining(said);
  }

  /** Whatever is torn out or cut off: read, or refused as an input; never a bug of ours. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyDamageIsAnErrorOfTheInput(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      StringBuilder text = new StringBuilder(GOOD);
      int at = random.nextInt(text.length() - 40);
      text.delete(at, at + 1 + random.nextInt(30));
      try {
        VerdictReader.read(text.toString(), "v.json");
      } catch (InputException refused) {
        assertThat(refused.location().file()).as("seed " + seed).isEqualTo("v.json");
      }
    }
  }

  /** The field names are what is torn out here, one by one, so that the rest stays JSON. */
  @Test
  void anyMissingFieldIsReadOrRefused() throws IOException {
    String[] names = GOOD.split("\"", -1);
    for (String name : new TreeSet<>(Arrays.asList(names))) {
      if (name.matches("[a-zA-Z]{2,30}")) {
        String without = GOOD.replace("\"" + name + "\":", "\"x" + name + "\":");
        try {
          VerdictReader.read(without, "v.json");
        } catch (InputException refused) {
          assertThat(refused.getMessage()).startsWith("v.json");
        }
      }
    }
  }
}
