package dev.codicil.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
import dev.codicil.contract.Payload;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every fault owes; a new one is tested by being in the list. */
class FaultsTest {
  private static final long SEED = 20_261_122L;

  private static final Headers JSON = Headers.of("content-type", "application/json");

  static List<String> all() {
    return Faults.ids();
  }

  /** Faults on exchanges; those on messages of a broker have {@link MessageFaultsTest}. */
  static List<String> ids() {
    return Faults.all().stream()
        .filter(fault -> !fault.onMessages())
        .map(fault -> fault.card().id())
        .toList();
  }

  private static Exchange exchange(Stream stream, String body) {
    return Samples.second(stream, JSON, Payload.of(body));
  }

  private static Fault fault(String id) {
    return Faults.byId(id).orElseThrow();
  }

  private static Injection.Plan strike(String id, Stream stream, String stimulus, int call) {
    Fault fault = fault(id);
    Parameters parameters = Samples.striking(fault.card());
    Exchange exchange = exchange(fault.plannedAt(stream, parameters), Samples.RICH);
    return fault.plan(exchange, parameters, Dice.of(SEED, stimulus, call, id));
  }

  @Test
  void everyFaultClassIsInTheList() {
    Set<String> written =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.codicil")
                .stream()
                .filter(type -> type.isAssignableTo(Fault.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    assertThat(Faults.builtIn().stream().map(fault -> fault.getClass().getName()))
        .containsExactlyInAnyOrderElementsOf(written)
        .hasSize(59);
  }

  @Test
  void idsAreUniqueAndUnknownOnesAreNotFound() {
    assertThat(Faults.ids()).doesNotHaveDuplicates();
    assertThat(Faults.byId("latncy")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theCardIsFitForAReferencePage(String id) {
    FaultCard card = fault(id).card();
    assertThat(card.id()).matches("[a-z]+(-[a-z]+)*");
    assertThat(card.title()).isNotBlank().doesNotEndWith(".");
    assertThat(card.goodService()).startsWith("A good service ").endsWith(".");
    assertThat(card.streams()).isNotEmpty();
    assertThat(card.parameters()).extracting(FaultCard.Parameter::name).doesNotHaveDuplicates();
    assertThat(card.parameters())
        .allSatisfy(parameter -> assertThat(parameter.description()).endsWith("."));
    assertThat(CardCheck.contradiction(card)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void strikesOnEveryStreamOfItsCard(String id) {
    for (Stream stream : fault(id).card().streams()) {
      if (id.equals("reset") && stream == Stream.UPSTREAM) {
        continue; // needs after: before-request, see WireFaultsTest
      }
      Injection.Plan plan = strike(id, stream, "interaction", 0);
      assertThat(plan.isEmpty()).as("%s on %s, seed %d", id, stream, SEED).isFalse();
      assertThat(plan.detail()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void theSameSeedGivesTheSamePlan(String id) {
    Stream stream = fault(id).card().streams().iterator().next();
    for (int call = 0; call < 20; call++) {
      assertThat(strike(id, stream, "interaction", call))
          .as("seed %d, call %d", SEED, call)
          .isEqualTo(strike(id, stream, "interaction", call));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"corrupt", "truncate"})
  void whatIsDrawnDiffersFromStimulusToStimulus(String id) {
    Set<String> details = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      details.add(strike(id, Stream.DOWNSTREAM, "interaction " + i, 0).detail());
    }
    assertThat(details).as("seed %d", SEED).hasSizeGreaterThan(15);
  }

  /** The log of two runs is compared, and time stamps make bodies differ from run to run. */
  @ParameterizedTest
  @MethodSource("ids")
  void theLogDoesNotDependOnTheLengthOfTheBody(String id) {
    Fault fault = fault(id);
    Parameters parameters = Samples.striking(fault.card());
    Stream stream = fault.plannedAt(fault.card().streams().iterator().next(), parameters);
    Dice dice = Dice.of(SEED, "interaction", 0, id);
    String longer = Samples.RICH.replace("\"last\": \"\"", "\"last\": \"2026-11-22T00:00:00Z\"");
    assertThat(fault.plan(exchange(stream, longer), parameters, dice).detail())
        .isEqualTo(fault.plan(exchange(stream, Samples.RICH), parameters, dice).detail());
  }

  @ParameterizedTest
  @MethodSource("ids")
  void onlyFaultsThatSaySoChangeWhatAMessageSays(String id) {
    FaultCard card = fault(id).card();
    for (Effect effect : strike(id, card.streams().iterator().next(), "interaction", 0).effects()) {
      boolean content =
          effect instanceof Effect.ReplaceBody
              || effect instanceof Effect.SetHeaders
              || effect instanceof Effect.ReplaceReply
              || effect instanceof Effect.Answer
              || effect instanceof Effect.Stale
              || effect instanceof Effect.Reframe;
      assertThat(!content || card.content()).isTrue();
    }
  }

  /** Only the part of a message that the card speaks of is another one afterwards. */
  @ParameterizedTest
  @MethodSource("ids")
  void touchesNothingItDidNotDeclare(String id) {
    FaultCard card = fault(id).card();
    for (Stream stream : card.streams()) {
      Exchange before = exchange(fault(id).plannedAt(stream, Samples.striking(card)), Samples.RICH);
      Exchange after = before;
      for (Effect effect : strike(id, stream, "interaction", 1).effects()) {
        after = after.after(effect);
      }
      Set<String> touched = touched(before, after);
      Set<String> declared =
          switch (card.aim()) {
            case HEADER -> Set.of("header x-total");
            case UNDECLARED_STATUS -> Set.of("status");
            case MESSAGE,
                AMENDED_PROVIDER,
                TLS_EDGE,
                NAMED_EDGE,
                NODE,
                FLEET,
                MONKEY,
                CALLER_NODE,
                ZONE,
                WORLD,
                SEQUENCE ->
                wholeMessage(id);
            default -> Set.of("body");
          };
      assertThat(touched).as("%s, %s", id, stream).isEqualTo(declared);
    }
  }

  private static Set<String> wholeMessage(String id) {
    return switch (id) {
      case "corrupt" -> Set.of("body");
      case "wrong-content-type" -> Set.of("header content-type");
      case "wrong-encoding" -> Set.of("header content-encoding");
      case "credential" -> Set.of("header authorization");
      default -> Set.of();
    };
  }

  private static Set<String> touched(Exchange before, Exchange after) {
    Set<String> touched = new HashSet<>();
    Set<String> names = new HashSet<>(before.headers().asMap().keySet());
    names.addAll(after.headers().asMap().keySet());
    for (String name : names) {
      if (!before.headers().all(name).equals(after.headers().all(name))) {
        touched.add("header " + name);
      }
    }
    if (!before.body().equals(after.body())) {
      touched.add("body");
    }
    if (before.reply() != null
        && after.reply() != null
        && before.reply().status() != after.reply().status()) {
      touched.add("status");
    }
    return touched;
  }

  @ParameterizedTest
  @MethodSource("ids")
  void asksForTheBodyOfWhatItReads(String id) {
    Fault fault = fault(id);
    Parameters parameters = Samples.striking(fault.card());
    if (fault.needsBody(parameters)) {
      return;
    }
    Stream stream = fault.plannedAt(fault.card().streams().iterator().next(), parameters);
    Dice dice = Dice.of(SEED, "interaction", 0, id);
    Exchange bodiless = Samples.second(stream, JSON, Payload.EMPTY);
    assertThat(fault.plan(bodiless, parameters, dice))
        .isEqualTo(fault.plan(exchange(stream, Samples.RICH), parameters, dice));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void leavesEncodedBodiesAlone(String id) {
    Fault fault = fault(id);
    boolean edits =
        strike(id, fault.card().streams().iterator().next(), "interaction", 0).effects().stream()
            .anyMatch(Effect.ReplaceBody.class::isInstance);
    if (!edits && !id.equals("wrong-encoding")) {
      return;
    }
    Headers gzip = JSON.with("content-encoding", "gzip");
    Injection.Plan plan =
        fault.plan(
            Samples.message(Stream.DOWNSTREAM, gzip, Payload.of(Samples.RICH)),
            Samples.striking(fault.card()),
            Dice.of(SEED, "interaction", 0, id));
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.detail()).isEqualTo("the body is encoded (content-encoding)");
  }
}
