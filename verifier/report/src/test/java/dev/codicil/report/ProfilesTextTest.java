package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.chaos.profile.ProfileReader;
import dev.codicil.contract.DocumentReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTextTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final ChaosProfile EVERYTHING =
      read(
          """
          version: 1
          name: rush-hour
          title: "A partner \\e[31mstumbles\\e[0m at rush hour"
          consumers: [checkout, "web-*"]
          edges: ["checkout->*"]
          exchanges: 3
          abort: { failures: 2, unrecovered: 1 }
          faults:
            - fault: latency
              on: upstream
              match: { operation: "GET /licenses/{id}", header: { name: X-Tenant, value: blue } }
              when: { first: 6, every: 2 }
              toxicity: 0.25
              parameters: { latency: 150ms }
            - { fault: drop-field, stream: downstream }
            - fault: latency
              on: upstream
              parameters: { latency: 100ms }
              load: { rate: 50/s, for: 4s, methods: [GET, PUT] }
            - together:
                - { fault: latency, on: upstream, parameters: { latency: 150ms } }
                - { fault: null-field, on: upstream, parameters: { pointer: /id } }
            - phases:
                - lasts: 2
                  faults: [{ fault: reset, on: upstream, parameters: { after: before-request } }]
                - faults: [{ fault: status, on: upstream, parameters: { status: 503 } }]
          """);

  private static ChaosProfile read(String yaml) {
    return ProfileReader.read(
        DocumentReader.read(
            "chaos-profiles/rush-hour.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private static FaultCard card(String fault) {
    return Faults.byId(fault).orElseThrow().card();
  }

  private static String explained() {
    return ProfilesText.explain(EVERYTHING, "the project's", ProfilesTextTest::card, false);
  }

  private static String listed() {
    return ProfilesText.list(List.of(new ProfilesText.Listed(EVERYTHING, "the project's")), false);
  }

  /** Write them anew with {@code -Dcodicil.golden=write}. */
  @ParameterizedTest
  @ValueSource(strings = {"profiles.txt", "profile.txt"})
  void readsLikeTheGoldenFile(String name) throws IOException {
    String text = name.equals("profiles.txt") ? listed() : explained();
    if (System.getProperty("codicil.golden", "").equals("write")) {
      Files.writeString(GOLDEN.resolve(name), text);
    }
    assertThat(text).isEqualTo(Files.readString(GOLDEN.resolve(name)));
  }

  @Test
  void hostileTitlesMoveNoTerminal() {
    assertThat(listed() + explained()).doesNotContain("\u001b");
  }

  @Test
  void everyFaultSaysWhatAGoodServiceDoes() {
    String text = explained().replaceAll("\\s+", " ");
    for (ChaosProfile.Entry entry : EVERYTHING.all()) {
      assertThat(text).contains(card(entry.fault()).goodService().replaceAll("\\s+", " "));
    }
  }
}
