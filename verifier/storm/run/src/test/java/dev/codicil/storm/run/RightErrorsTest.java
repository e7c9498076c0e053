package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.ErrorRule;
import dev.codicil.experiment.Scenario;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.history.CellRecord.MessageSketch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightErrorsTest {
  private static final Redactor REDACTOR = new Redactor(Set.of());
  private static final List<ErrorRule> RULES =
      List.of(
          new ErrorRule(
              "partner-down",
              List.of("GET /items/{id}"),
              List.of("latency", "reset"),
              "/type",
              List.of("urn:partner-down"),
              Storm.HERE));
  private static final Scenario SCENARIO =
      new Storm(Path.of(".")).side("base").replay("get", "GET /items/1").request().scenario("get");

  private static List<PlannedFault> faults(String fault) {
    return List.of(
        new PlannedFault(fault, Storm.PARTNER, Stream.DOWNSTREAM, new Parameters(Map.of())));
  }

  private static HttpReply reply(int status, String type, @Nullable String hint) {
    Headers headers = Headers.of("content-type", "application/problem+json");
    return new HttpReply(
        status,
        hint == null ? headers : headers.with("Retry-After", hint),
        Payload.of("{\"type\":\"" + type + "\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "latency, 503, urn:partner-down, false",
    "reset, 404, urn:license-unknown, true",
    "latency, 503, '', true",
    "latency, 200, urn:license-unknown, false",
    "status, 404, urn:license-unknown, false",
  })
  void anErrorMustSayWhatIsWrong(String fault, int status, String type, boolean wrong) {
    String told =
        RightErrors.wrong(RULES, SCENARIO, faults(fault), reply(status, type, null), REDACTOR);

    if (wrong) {
      assertThat(told).contains("error partner-down", "urn:partner-down", "was " + type);
    } else {
      assertThat(told).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "503 | 5                             | false",
        "429 | Fri, 31 Dec 2027 23:59:59 GMT | false",
        "503 | soon                          | true",
        "429 | -1                            | true",
        "503 | 99999999999999                | true",
        "500 | soon                          | false",
      })
  void aHintWhenToComeBackIsWellFormed(int status, String hint, boolean wrong) {
    String told = RightErrors.wrong(RULES, SCENARIO, List.of(), reply(status, "x", hint), REDACTOR);

    assertThat(told != null).isEqualTo(wrong);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 200, false",
    "1, 1900, false",
    "1, 2100, true",
    "0, 4000, true",
    "soon, 9, false"
  })
  void aHintWhenToComeBackHolds(String hint, long recoveryMillis, boolean wrong) {
    CellRecord record =
        new CellRecord(
            new Cell("head", "get", "slow"),
            0,
            Ended.REPLIED,
            503,
            10,
            2000,
            List.of(),
            true,
            null,
            null,
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            new MessageSketch("GET /items/1", List.of(), ""),
            new MessageSketch("HTTP/1.1 503", List.of("retry-after: " + hint), ""),
            0,
            null);

    assertThat(RightErrors.brokenPromise(RULES, record, recoveryMillis) != null).isEqualTo(wrong);
    assertThat(RightErrors.brokenPromise(List.of(), record, recoveryMillis)).isNull();
  }
}
