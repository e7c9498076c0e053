package dev.codicil.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import dev.codicil.verdict.Impact;
import dev.codicil.verdict.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpactReaderTest {
  @TempDir Path root = Path.of(".");

  private static final String WHOLE =
      """
      version: 1
      impact:
        currency: EUR
        flows:
          checkout:
            of: { buy: 92%, buy-under-expired-license: 8% }
            volume: 3200/h
            value: 48.50
            unit: orders
            loss: { degraded: 20% }
          renewals:
            of: [renew, POST /renewals]
            volume: 2/min
            value: "5"
        above: 240000/d
      """;

  private Impact read(String text) {
    return ProjectReader.read(root, text.getBytes(StandardCharsets.UTF_8)).impact();
  }

  /** One flow on line 5, whose keys stand in its braces. */
  private InputException refused(String flow) {
    String text =
        """
        version: 1
        impact:
          currency: EUR
          flows:
            checkout: { %s }
        """
            .formatted(flow);
    return catchThrowableOfType(InputException.class, () -> read(text));
  }

  private InputException refusedTraffic(String rows) throws IOException {
    Files.writeString(root.resolve("traffic.csv"), rows);
    return refused("of: [POST /orders], traffic: traffic.csv, value: 1");
  }

  @Test
  void everyKeyIsRead() {
    Impact impact = read(WHOLE);
    Impact.Flow checkout = impact.flows().get(0);
    Impact.Flow renewals = impact.flows().get(1);

    assertThat(impact.currency()).isEqualTo("EUR");
    assertThat(impact.above()).isEqualByComparingTo("10000");
    assertThat(impact.aboveAt()).hasToString("codicil.yaml:15:3");
    assertThat(checkout.full()).isEqualByComparingTo("155200");
    assertThat(checkout.unit()).isEqualTo("orders");
    assertThat(checkout.of())
        .extracting(Impact.Part::share)
        .map(Object::toString)
        .containsExactly("0.92", "0.08");
    assertThat(checkout.lost(Outcome.DEGRADED)).isEqualByComparingTo("0.2");
    assertThat(checkout.lost(Outcome.REFUSED)).isEqualByComparingTo("1");
    assertThat(checkout.lost(Outcome.UNKNOWN)).isNull();
    assertThat(checkout.assumptions())
        .containsExactly(
            "declared volume of 3200/h orders, the same at every hour",
            "each is worth 48.5 EUR",
            "buy is 92 % of it, buy-under-expired-license is 8 % of it",
            "DEGRADED loses 20 % of the value, else HELD and DEGRADED lose nothing, what is worse"
                + " loses all",
            "an outcome stands for every request of its interaction, for as long as the faults are"
                + " on");
    assertThat(renewals.perHour()).isEqualByComparingTo("120");
    assertThat(renewals.of())
        .extracting(Impact.Part::share)
        .map(Object::toString)
        .containsExactly("1", "1");
  }

  @ParameterizedTest
  @CsvSource({"2/s,7200", "2/min,120", "2/h,2", "48/d,2", "2.5 / h,2.5"})
  void volumesAreAnHour(String volume, String perHour) {
    Impact impact = read(WHOLE.replace("volume: 3200/h", "volume: " + volume));

    assertThat(impact.flows().get(0).perHour()).isEqualByComparingTo(perHour);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "of: [buy], value: 1|has no volume",
        "of: [buy], volume: 1/h|the key 'value' is missing",
        "volume: 1/h, value: 1|the key 'of' is missing",
        "of: [buy], volume: 1/h, traffic: a.csv, value: 1|has both 'volume' and 'traffic'",
        "of: [buy], volume: -1/h, value: 1|'-1/h' is below zero",
        "of: [buy], volume: 0/h, value: 1|'0/h' is zero",
        "of: [buy], volume: 1/h, value: -1|'-1' is below zero",
        "of: [buy], volume: 1/h, value: 0|'0' is zero",
        "of: [buy], volume: 1000000000000001/h, value: 1|cannot be meant",
        "of: [buy], volume: 1/h, value: 1e16|cannot be meant",
        "of: [buy], volume: 1/h, value: 1e400|cannot be meant",
        "of: [buy], volume: 1/h, value: .nan|has no number",
        "of: [buy], volume: 1/h, value: .inf|has no number",
        "of: [buy], volume: 1/h, value: lots|has no number",
        "of: [buy], volume: 10, value: 1|does not say in what time",
        "of: [buy], volume: 10/week, value: 1|unknown unit of time",
        "of: [buy], volume: many/h, value: 1|has no number",
        "of: { buy: 60%, renew: 41% }, volume: 1/h, value: 1|the shares are 101 % together",
        "of: { buy: 0.6 }, volume: 1/h, value: 1|'0.6' is no share: it has no %",
        "of: { buy: 101% }, volume: 1/h, value: 1|is no share of a whole",
        "of: { buy: -1% }, volume: 1/h, value: 1|is no share of a whole",
        "of: { buy: 0% }, volume: 1/h, value: 1|a share of nothing",
        "of: { buy: 1%, buy: 2% }, volume: 1/h, value: 1|'buy'",
        "of: [buy, buy], volume: 1/h, value: 1|'buy' is named twice",
        "of: [], volume: 1/h, value: 1|checkout.of",
        "of: buy, volume: 1/h, value: 1|checkout.of",
        "of: [buy], volume: 1/h, value: 1, loss: { failed: 10% }|'failed' loses 10 %, and a better"
            + " outcome 100 %",
        "of: [buy], volume: 1/h, value: 1, loss: { degraded: 20 }|it has no %",
        "of: [buy], volume: 1/h, value: 1, loss: { unknown: 20% }|loss",
        "of: [buy], volume: 1/h, value: 1, worth: 2|unknown key 'worth'",
        "of: [buy], traffic: none.csv, value: 1|there is no file 'none.csv'",
        "of: [buy], traffic: ../a.csv, value: 1|leads out of the project",
        "of: [buy], traffic: /etc/passwd, value: 1|leads out of the project",
        "of: { buy: 1% }, traffic: a.csv, value: 1|'traffic' measures them"
      })
  void whatCannotBeUsedIsOneErrorAtItsLine(String flow, String what) {
    InputException error = refused(flow);

    assertThat(error.what()).contains(what);
    assertThat(error.location().file()).isEqualTo("codicil.yaml");
    assertThat(error.location().line()).isEqualTo(5);
  }

  @Test
  void aFlowOfTheSameNameTwiceIsRefused() {
    InputException error =
        catchThrowableOfType(
            InputException.class, () -> read(WHOLE.replace("renewals:", "checkout:")));

    assertThat(error.location().line()).isEqualTo(11);
  }

  @Test
  void aLimitWithoutATimeIsRefused() {
    InputException error =
        catchThrowableOfType(
            InputException.class, () -> read(WHOLE.replace("above: 240000/d", "above: 10000")));

    assertThat(error.location().line()).isEqualTo(15);
    assertThat(error.what()).contains("does not say in what time");
  }

  @Test
  void measuredTrafficGivesVolumesAndShares() throws IOException {
    Files.writeString(
        root.resolve("traffic.csv"),
        """
        operation,count,seconds
        POST /orders,900,3600
        "POST /orders/{id}/renewals",100,3600

        GET /health,99999,60
        """);
    Impact.Flow flow =
        read("""
        version: 1
        impact:
          currency: EUR
          flows:
            checkout:
              { of: [POST /orders, "POST /orders/{x}/renewals"], traffic: traffic.csv, value: 2 }
        """)
            .flows()
            .get(0);

    assertThat(flow.measured()).isTrue();
    assertThat(flow.perHour()).isEqualByComparingTo("1000");
    assertThat(flow.of())
        .extracting(Impact.Part::share)
        .map(Object::toString)
        .containsExactly("0.9", "0.1");
    assertThat(flow.assumptions().get(0))
        .isEqualTo(
            "measured volume of 1,000 requests an hour, from traffic.csv (1 of its 3 operations"
                + " are none of this flow)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "operation;count;seconds#POST /orders;1;1|1|the columns are not",
        "operation,count,seconds#POST /orders,1|2|expected 3 fields, found 2",
        "operation,count,seconds##POST /orders,-1,1|3|is no whole number",
        "operation,count,seconds#POST /orders,1.5,1|2|is no whole number",
        "operation,count,seconds#POST /orders,1,0|2|are no seconds above zero",
        "operation,count,seconds#POST /orders,1,1h|2|are no seconds above zero",
        "operation,count,seconds#POST /orders,999999999999999,0.000001|2|cannot be meant",
        "operation,count,seconds#POST /orders,1,1#POST /orders,2,1|3|is named twice",
        "operation,count,seconds#,1,1|2|the operation is blank",
        "operation,count,seconds#\"POST /orders,1,1|2|a quote is not closed",
        "operation,count,seconds#\"POST\" /orders,1,1|2|a quote stands inside",
        "~~|1|the columns are not"
      })
  void aRowThatIsNoneIsNamedByItsLine(String rows, int line, String what) throws IOException {
    InputException error = refusedTraffic(rows.replace('#', '\n'));

    assertThat(error.what()).contains(what);
    assertThat(error.location().file()).isEqualTo("traffic.csv");
    assertThat(error.location().line()).isEqualTo(line);
  }

  @Test
  void filesOfTrafficAreNamedSoThatTheyCanBeTakenFromTheBase() {
    String text =
        """
        version: 1
        impact:
          currency: EUR
          flows:
            checkout: { of: [buy], traffic: ./measured/traffic.csv, value: 1 }
            renewals: { of: [renew], volume: 1/h, value: 1 }
        """;

    assertThat(ProjectReader.trafficOf(text.getBytes(StandardCharsets.UTF_8)))
        .containsExactly("measured/traffic.csv");
  }

  @Test
  void trafficThatIsNotOfTheFlowIsRefused() throws IOException {
    InputException error = refusedTraffic("operation,count,seconds\nGET /health,1,1\n");

    assertThat(error.what()).isEqualTo("traffic.csv has no traffic of this flow");
    assertThat(error.remedy()).contains("GET /health");
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws IOException {
    InputException error = refusedTraffic("x".repeat(1_000_001));

    assertThat(error.what()).contains("has 1000001 bytes");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Files.write(root.resolve("traffic.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

    assertThat(refused("of: [POST /orders], traffic: traffic.csv, value: 1").what())
        .isEqualTo("this is not UTF-8");
  }

  @Test
  void aLinkOutOfTheProjectIsNotFollowed(@TempDir Path elsewhere) throws IOException {
    Path secret = Files.writeString(elsewhere.resolve("a.csv"), "operation,count,seconds\n");
    Files.createSymbolicLink(root.resolve("traffic.csv"), secret);

    assertThat(refused("of: [POST /orders], traffic: traffic.csv, value: 1").what())
        .contains("leads out of the project by a link");
  }
}
