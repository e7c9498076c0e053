package dev.codicil.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Samples;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Payload;
import dev.codicil.sample.BrownoutFault;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnFaultsTest {
  @TempDir Path folder;

  private static List<Fault> loadedFrom(URL root) throws IOException {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {root}, OwnFaultsTest.class.getClassLoader())) {
      return OwnFaults.load(ServiceLoader.load(Fault.class, loader).iterator());
    }
  }

  @Test
  void theSampleIsLoadedThroughTheServiceFile() throws IOException {
    URL root =
        Objects.requireNonNull(OwnFaultsTest.class.getResource("/own-faults/"), "own-faults");

    List<Fault> own = loadedFrom(root);

    assertThat(own).singleElement().isInstanceOf(BrownoutFault.class);
    Fault brownout = own.get(0);
    Exchange second = Samples.second(Stream.DOWNSTREAM, Headers.NONE, Payload.of("{}"));
    Parameters parameters = brownout.card().complete(Parameters.NONE);
    assertThat(brownout.plan(second, parameters, Dice.of(1, "i", 1, "brownout")).effects())
        .containsExactly(new Effect.Delay(Duration.ofMillis(100)));
  }

  private InputException refusedService(String text) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve("dev.codicil.chaos.Fault"), text);
    return Objects.requireNonNull(
        catchThrowableOfType(InputException.class, () -> loadedFrom(folder.toUri().toURL())));
  }

  @ParameterizedTest
  @CsvSource({"com.example.NoSuchFault, not found", "dev.codicil.chaos.Samples, not a subtype"})
  void whatCannotBeLoadedIsOneClearError(String type, String why) throws IOException {
    InputException refused = refusedService(type);

    assertThat(refused.location().file()).isEqualTo("META-INF/services/dev.codicil.chaos.Fault");
    assertThat(refused.what()).startsWith("a fault could not be loaded: ").contains(type, why);
    assertThat(refused.remedy()).contains("public constructor without parameters");
  }

  private record Own(FaultCard card) implements Fault {
    @Override
    public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
      return Injection.Plan.NONE;
    }
  }

  private static FaultCard card(String id, Set<Stream> streams, FaultCard.Parameter... parameters) {
    return new FaultCard(
        id,
        "Something else",
        FaultCard.Layer.HTTP,
        streams,
        false,
        false,
        false,
        List.of(parameters),
        "A good service stays up.");
  }

  private static InputException refused(FaultCard... cards) {
    List<Fault> faults = Arrays.stream(cards).<Fault>map(Own::new).toList();
    return Objects.requireNonNull(
        catchThrowableOfType(InputException.class, () -> OwnFaults.load(faults.iterator())));
  }

  @Test
  void anIdThatIsTakenIsRefused() {
    Set<Stream> replies = Set.of(Stream.DOWNSTREAM);
    assertThat(refused(card("latency", replies)).what())
        .isEqualTo("the fault id 'latency' is that of a built-in fault already");
    assertThat(refused(card("mine", replies), card("mine", replies)))
        .hasMessage(
            Own.class.getName()
                + ": the fault id 'mine' is that of "
                + Own.class.getName()
                + " already (give the fault another id, or take the class out of"
                + " META-INF/services/dev.codicil.chaos.Fault)");
  }

  @Test
  void aCardThatContradictsItselfIsRefused() {
    Set<Stream> replies = Set.of(Stream.DOWNSTREAM);
    FaultCard.Parameter count =
        new FaultCard.Parameter("count", FaultCard.Type.INTEGER, "0", "How many.").between(1, 9);
    FaultCard.Parameter text = new FaultCard.Parameter("kind", FaultCard.Type.TEXT, "c", "Which.");
    FaultCard.Parameter pointer =
        new FaultCard.Parameter("pointer", FaultCard.Type.POINTER, null, "Where.");
    assertThat(refused(card("My Fault", replies)).what()).endsWith("joined by hyphens");
    assertThat(refused(card("mine", Set.of())).what())
        .isEqualTo(
            "the card of the fault 'mine' contradicts itself: it strikes no stream; expected"
                + " upstream, downstream or both");
    assertThat(refused(card("mine", replies, count)).what())
        .endsWith("the parameter 'count' has a default that it would refuse");
    assertThat(refused(card("mine", replies, text.oneOf("a", "b"))).what())
        .endsWith("the parameter 'kind' has a default that it would refuse");
    assertThat(refused(card("mine", replies, text.mandatory())).what())
        .endsWith("the parameter 'kind' is required and has a default");
    assertThat(refused(card("mine", replies, text, text)).what()).contains("'kind' is there twice");
    assertThat(refused(card("mine", replies, pointer)).what())
        .contains("is aimed at no place of the body");
    assertThat(
            refused(
                    new FaultCard(
                        "mine",
                        "Another value",
                        FaultCard.Layer.CONTRACT,
                        replies,
                        false,
                        true,
                        true,
                        List.of(pointer),
                        "A good service checks."))
                .what())
        .contains("needs or changes no body");
  }

  @Test
  void aCardThatCannotBeHadIsAnErrorOfItsClass() {
    Fault broken =
        new Fault() {
          @Override
          public FaultCard card() {
            throw new IllegalStateException("no card today");
          }

          @Override
          public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
            return Injection.Plan.NONE;
          }
        };
    assertThat(
            catchThrowableOfType(
                InputException.class, () -> OwnFaults.load(List.of(broken).iterator())))
        .hasMessageContaining("the fault has no card: no card today");
  }

  @Test
  void withoutAServiceFileThereAreTheBuiltInOnesOnly() {
    assertThat(Faults.all()).isEqualTo(Faults.builtIn());
  }
}
