package dev.codicil.chaos.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Durations;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInProfilesTest {
  private static final Duration TIME_BUDGET = Duration.ofSeconds(2);

  static List<String> names() {
    return BuiltInProfiles.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsUnderItsOwnName(String name) {
    ChaosProfile profile = BuiltInProfiles.read(name);
    assertThat(profile.name()).isEqualTo(name);
    assertThat(profile.title()).isNotEqualTo(name);
    assertThat(profile.entries().size() + profile.combinations().size()).isPositive();
    assertThat(profile.location().file()).isEqualTo("chaos-profiles/" + name + ".yaml");
    assertThat(BuiltInProfiles.text(name)).startsWith("# ");
  }

  @ParameterizedTest
  @MethodSource("names")
  void keepsItsDelaysAwayFromTheTimeBudget(String name) {
    for (ChaosProfile.Entry entry : BuiltInProfiles.read(name).entries()) {
      entry
          .parameters()
          .text("latency")
          .map(Durations::parse)
          .ifPresent(
              delay ->
                  assertThat(
                          delay.multipliedBy(4).compareTo(TIME_BUDGET) <= 0
                              || delay.compareTo(TIME_BUDGET.multipliedBy(3)) >= 0)
                      .as("%s in %s", delay, name)
                      .isTrue());
    }
  }

  @Test
  void everyFileOfTheFolderIsBuiltIn() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../../chaos-profiles"))) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(f -> f.endsWith(".yaml")))
          .containsExactlyInAnyOrderElementsOf(
              BuiltInProfiles.names().stream().map(name -> name + ".yaml").toList());
    }
  }

  @Test
  void togetherTheyUseEveryFault() {
    Set<String> used =
        BuiltInProfiles.names().stream()
            .flatMap(name -> BuiltInProfiles.read(name).entries().stream())
            .map(ChaosProfile.Entry::fault)
            .collect(Collectors.toSet());
    // What acts on a system is the business of whoever knows the system; what an amendment allows
    // is planned without being asked for.
    assertThat(used)
        .containsExactlyInAnyOrderElementsOf(
            Faults.ids().stream()
                .filter(id -> !Set.of("hook", "amended-reply").contains(id))
                .toList());
  }

  @Test
  void anUnknownNameIsOneClearError() {
    assertThatThrownBy(() -> BuiltInProfiles.read("outtage"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "chaos-profiles: no built-in profile is called 'outtage'; expected one of field-loss,"
                + " slow-partner, dirty-wire, disorder, outage, contract-edges, version-skew,"
                + " bad-framing, slow-wire, credentials, late-reply, failover, broken-tls, lost-names,"
                + " under-load, node-loss, nodes, chaos-monkey, messages (did you mean 'outage'?)");
    assertThatThrownBy(() -> BuiltInProfiles.text("../../../etc/passwd"))
        .isInstanceOf(InputException.class);
  }
}
