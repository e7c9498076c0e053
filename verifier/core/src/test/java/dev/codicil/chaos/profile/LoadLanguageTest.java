package dev.codicil.chaos.profile;

import static dev.codicil.chaos.profile.ProfileReaderTest.bad;
import static dev.codicil.chaos.profile.ProfileReaderTest.read;
import static dev.codicil.chaos.profile.ProfileReaderTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.ChaosProfile.Entry;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.Load.Percentile;
import dev.codicil.chaos.Load.Tolerance;
import dev.codicil.chaos.profile.ProfileReaderTest.Bad;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a profile may say of a load, and what is refused. */
class LoadLanguageTest {
  static final String LOADS =
      """
      version: 1
      name: p
      faults:
        - fault: latency
          parameters: { latency: 150ms }
          load: { rate: 50/s, for: 4s }
        - fault: duplicate
          load:
            rate: 500/s
            for: 60s
            tolerance: { p50: +5ms, p90: 1.5x, p99: 2x +50ms, p99.9: +1s }
            methods: [GET, PUT]
        - together:
            - { fault: duplicate }
            - { fault: reset }
          load: { rate: 10/s, for: 10s }
        - phases:
            - { lasts: 1, faults: [{ fault: reset }] }
            - { faults: [] }
          load: { rate: 10/s, for: 10s }
        - fault: reset
      """;

  @Test
  void readsLoads() {
    ChaosProfile profile = read(LOADS);
    assertThat(profile.entries())
        .extracting(Entry::load)
        .containsExactly(
            new Load(50, 4, Map.of(Percentile.P99, new Tolerance(2, 10)), List.of("GET", "HEAD")),
            new Load(
                500,
                60,
                Map.of(
                    Percentile.P50, new Tolerance(1, 5),
                    Percentile.P90, new Tolerance(1.5, 10),
                    Percentile.P99, new Tolerance(2, 50),
                    Percentile.P99_9, new Tolerance(1, 1000)),
                List.of("GET", "PUT")),
            null);
    assertThat(profile.combinations())
        .allSatisfy(many -> assertThat(many.load()).extracting(Load::requests).isEqualTo(100));
  }

  @Test
  void aLoadSaysItselfWithItsDefaults() {
    assertThat(read(LOADS).entries().get(0).load())
        .extracting(Load::label)
        .isEqualTo("50/s for 4s (p99 within 2x or +10ms)");
    assertThat(read(LOADS).entries().get(1).load())
        .extracting(Load::label)
        .isEqualTo(
            "500/s for 60s (p50 within +5ms, p90 within 1.5x or +10ms, p99 within 2x or +50ms,"
                + " p99.9 within +1s)");
  }

  static List<Bad> badLoads() {
    return List.of(
        bad(
            "{fault: duplicate, load: 50/s}",
            "4:24: 'load' is the text '50/s'; expected an object"),
        bad(
            "{fault: duplicate, load: {for: 4s}}",
            "4:24: 'load' has no 'rate'; expected one (write 'rate: 50/s')"),
        bad(
            "{fault: duplicate, load: {rate: 50/s}}",
            "4:24: 'load' has no 'for'; expected one (write 'for: 4s')"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 4s, tolerances: {}}}",
            "4:52: unknown key 'tolerances' in 'load'; expected one of rate, for, tolerance,"
                + " methods (did you mean 'tolerance'?)"),
        bad(
            "{fault: duplicate, load: {rate: 50, for: 4s}}",
            "4:31: 'rate' is the number 50; expected requests in a second, from 1/s to 500/s,"
                + " such as 50/s"),
        bad(
            "{fault: duplicate, load: {rate: 501/s, for: 4s}}",
            "4:31: 'rate' is the text '501/s'; expected requests in a second, from 1/s to 500/s,"
                + " such as 50/s"),
        bad(
            "{fault: duplicate, load: {rate: 0/s, for: 4s}}",
            "4:31: 'rate' is the text '0/s'; expected requests in a second, from 1/s to 500/s,"
                + " such as 50/s"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 61s}}",
            "4:43: 'for' is the text '61s'; expected whole seconds, from 1s to 60s, such as 4s"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 4}}",
            "4:43: 'for' is the number 4; expected whole seconds, from 1s to 60s, such as 4s"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 4s, tolerance: 2x}}",
            "4:52: 'tolerance' is the text '2x'; expected an object"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 4s, tolerance: {}}}",
            "4:52: 'tolerance' is empty; expected at least one of p50, p90, p99, p99.9 (leave it"
                + " out)"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 4s, tolerance: {p95: 2x}}}",
            "4:64: unknown key 'p95' in 'tolerance'; expected one of p50, p90, p99, p99.9 (did you"
                + " mean 'p90'?)"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 4s, tolerance: {p99: 2}}}",
            "4:64: 'p99' is the number 2; expected a factor, a slack or both, such as 2x, +50ms or"
                + " 1.5x +20ms (add the unit: 2x)"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 4s, tolerance: {p99: 0.5x}}}",
            "4:64: 'p99' is the text '0.5x'; expected a factor, a slack or both, such as 2x, +50ms"
                + " or 1.5x +20ms"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 4s, tolerance: {p99: ''}}}",
            "4:64: 'p99' is the text ''; expected a factor, a slack or both, such as 2x, +50ms or"
                + " 1.5x +20ms"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 4s, methods: []}}",
            "4:52: 'methods' has 0 entries; expected 1 to 10 (leave it out to mean GET, HEAD)"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 4s, methods: [post]}}",
            "4:62: the entry of 'methods' is the text 'post'; expected an HTTP method in upper"
                + " case, such as PUT"),
        bad(
            "{fault: duplicate, load: {rate: 9/s, for: 4s}}",
            "4:24: 'load' contradicts itself: 36 requests are too few for p99, which needs 100"
                + " (raise 'rate' or 'for')"),
        bad(
            "{fault: duplicate, load: {rate: 50/s, for: 4s, tolerance: {p99.9: 2x}}}",
            "4:24: 'load' contradicts itself: 200 requests are too few for p99.9, which needs 1000"
                + " (raise 'rate' or 'for')"),
        bad(
            "{fault: reorder, on: consumer, load: {rate: 50/s, for: 4s}}",
            "4:6: the fault 'reorder' contradicts itself under a load: it swaps two different"
                + " interactions, and a load is of one (leave out 'load')"),
        bad(
            "together: [{fault: duplicate, load: {rate: 50/s, for: 4s}}, {fault: reset}]",
            "4:35: unknown key 'load' in the fault; expected one of fault, on, stream, match,"
                + " when, toxicity, parameters"));
  }

  @ParameterizedTest
  @MethodSource("badLoads")
  void refusesAtTheLineWithWhatWasExpected(Bad bad) {
    assertThat(refusal(bad.yaml())).isEqualTo(bad.message());
  }

  @Test
  void theSameFaultUnderALoadIsAnother() {
    assertThat(
            read("version: 1\nname: p\nfaults:\n  - fault: duplicate\n"
                    + "  - { fault: duplicate, load: { rate: 50/s, for: 4s } }\n")
                .entries())
        .hasSize(2);
  }
}
