package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.Amendment;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parcel;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.chaos.profile.BuiltInProfiles;
import dev.codicil.contract.Body;
import dev.codicil.contract.Contract;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.MessageInteraction.Flow;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import dev.codicil.experiment.MessageSequence.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageScenariosTest {
  private static final String TOPIC = "licenses";
  private static final String BILLING = "billing";
  private static final Column HEAD = new Column(Column.HEAD, Map.of("authority", Column.HEAD));
  private static final Column BASE = new Column(Column.BASE, Map.of());
  private static final Shape NUMBER =
      Shape.at(World.line("events.yaml", 40)).type(JsonType.STRING).pattern("^L-[0-9]+$").build();

  private static Shape.Builder issued() {
    return World.shape(JsonType.OBJECT)
        .property("license", NUMBER, true)
        .property(
            "at",
            Shape.at(Location.of("shape")).type(JsonType.STRING).format("date-time").build(),
            true);
  }

  private static MessageInteraction message(String name, Shape body) {
    return new MessageInteraction(
        "send licenses " + name,
        "send licenses " + name,
        List.of(),
        List.of(
            new Parameter(
                Parameter.In.HEADER, "eventId", true, World.text(), Location.of("events.yaml")),
            new Parameter(
                Parameter.In.HEADER, "kafka key", true, NUMBER, Location.of("events.yaml")),
            new Parameter(
                Parameter.In.HEADER, "correlation id", false, World.text(), Location.of("e"))),
        new Body(true, Map.of("application/json", body), Location.of("events.yaml")),
        Flow.FROM_PROVIDER,
        TOPIC,
        World.line("events.yaml", 7));
  }

  private static Contract events(MessageInteraction... messages) {
    return new Contract(
        "asyncapi", "authority", null, List.of(messages), Location.of("events.yaml"));
  }

  private static Subject billing(@Nullable String deadLetter, Message... messages) {
    Subject plain = Town.subject(BILLING, Map.of(), List.of(), Map.of(), List.of());
    Listening listening =
        new Listening(
            TOPIC,
            "events",
            BILLING,
            deadLetter,
            2,
            World.request("GET", "/bills", null),
            Duration.ofSeconds(5),
            World.line("codicil.yaml", 9));
    List<MessageSequence> sequences =
        messages.length == 0
            ? List.of()
            : List.of(
                new MessageSequence(
                    "story", Map.of(), List.of(messages), World.line("codicil.yaml", 12)));
    return new Subject(
        plain.name(),
        plain.build(),
        plain.artifact(),
        plain.command(),
        plain.env(),
        plain.ready(),
        plain.state(),
        plain.reset(),
        plain.headers(),
        plain.given(),
        plain.effects(),
        plain.upstreams(),
        plain.probes(),
        plain.timeBudget(),
        plain.recovery(),
        plain.startup(),
        plain.direct(),
        new Messaging(List.of(listening), sequences),
        plain.location());
  }

  private static Message said(String body) {
    return new Message(
        TOPIC, "L-1", Map.of("eventId", "e"), World.json(body), World.line("codicil.yaml", 13));
  }

  private static Scenarios of(Subject subject, Contract before, Contract after, String... amended) {
    Amendment amendment = World.amendment(List.of(before), List.of(after));
    Set<String> names = Set.of(BILLING);
    return Scenarios.of(
        amendment,
        List.of(subject),
        new Cast(Set.of(amended), names, names, Steps.PROVIDER_FIRST),
        World.SEED);
  }

  private static MessageScript script(Scenario scenario) {
    MessageScript script = scenario.messages();
    assertThat(script).isNotNull();
    return script;
  }

  private static List<String> bodies(MessageScript script, Column column) {
    return script.in(column).stream().map(one -> String.valueOf(one.body())).toList();
  }

  @Test
  void aTopicGetsASequenceOfAllItsKindsForTwoKeys() {
    Contract events =
        events(message("issued", issued().build()), message("ended", issued().build()));
    Scenarios found = of(billing(null), events, events, BILLING);

    Scenario made = found.scenarios().get(0);
    assertThat(made.stimulus().name()).isEqualTo("made messages on licenses");
    assertThat(made.stimulus().operation()).isEqualTo("RECEIVE licenses");
    assertThat(made.stimulus().touched()).isTrue();
    List<Parcel> parcels = script(made).in(BASE);
    assertThat(parcels).hasSize(4);
    assertThat(parcels).extracting(Parcel::key).doesNotContainNull();
    assertThat(parcels.get(0).key())
        .isEqualTo(parcels.get(2).key())
        .isNotEqualTo(parcels.get(1).key());
    assertThat(parcels)
        .allSatisfy(
            one -> {
              assertThat(one.headers()).containsOnlyKeys("eventId");
              assertThat(String.valueOf(one.body())).contains("\"license\":\"" + one.key() + "\"");
            });
    assertThat(String.valueOf(parcels.get(3).body())).contains("2026-01-01T00:03:00Z");
    assertThat(found.notReplayed()).isEmpty();
  }

  @Test
  void theSameSeedMakesTheSameMessages() {
    Contract events = events(message("issued", issued().build()));
    assertThat(of(billing(null), events, events).scenarios())
        .isEqualTo(of(billing(null), events, events).scenarios());
  }

  @Test
  void anAmendedProducerSendsWhatOnlyItsAmendedContractAllows() {
    Shape before =
        issued()
            .property("holder", World.text(), true)
            .property("note", World.text(), true)
            .build();
    Shape after =
        issued()
            .property("note", World.text(), false)
            .property("sku", World.text(), true)
            .closed(true)
            .build();
    Message declared =
        said("{'license':'L-1','at':'2026-01-01T00:00:00Z','holder':'ada','note':'n'}");
    Scenarios found =
        of(
            billing(null, declared),
            events(message("issued", before)),
            events(message("issued", after)),
            "authority");

    MessageScript script = script(found.scenarios().get(0));
    assertThat(bodies(script, BASE).get(0)).contains("holder", "note").doesNotContain("sku");
    assertThat(bodies(script, HEAD).get(0)).contains("sku").doesNotContain("holder", "note");
    assertThat(script.in(HEAD).get(0).old()).isEqualTo(script.in(BASE).get(0).body());
    assertThat(script.in(BASE).get(0).old()).isNull();
    assertThat(found.scenarios()).allMatch(scenario -> scenario.stimulus().touched());
  }

  @Test
  void aNewKindComesInAdditionAndOneThatIsGoneDoesNotCome() {
    Contract before = events(message("issued", issued().build()));
    Contract after = events(message("ended", issued().build()));
    MessageScript script = script(of(billing(null), before, after, "authority").scenarios().get(0));

    assertThat(script.in(BASE)).hasSize(2).extracting(Parcel::origin).containsExactly(0, 1);
    assertThat(script.in(HEAD)).hasSize(2).extracting(Parcel::origin).containsExactly(2, 3);
  }

  @Test
  void aDeclaredMessageThatNoContractAllowsIsTold() {
    Contract events = events(message("issued", issued().build()));
    Scenarios found = of(billing(null, said("{'license':7}")), events, events, BILLING);

    assertThat(found.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.location()).isEqualTo(World.line("codicil.yaml", 13));
              assertThat(problem.message()).contains("none that a contract of the base allows");
            });
    assertThat(bodies(script(found.scenarios().get(0)), HEAD)).containsExactly("{\"license\":7}");
  }

  @Test
  void messagesThatNothingAmendsAreLeftOutWhenNothingStrikesThem() {
    Contract events = events(message("issued", issued().build()));
    Scenarios found = of(billing(null), events, events).withoutUntouchedMessages();

    assertThat(found.scenarios()).isEmpty();
    assertThat(found.notReplayed())
        .extracting(Plan.NotReplayed::reason)
        .containsExactly(Scenarios.NO_MESSAGE_AMENDED);
    assertThat(of(billing(null), events, events, BILLING).withoutUntouchedMessages().scenarios())
        .hasSize(1);
  }

  @Test
  void aMessageNobodyListensToAndOneThatCannotBeMadeSayWhy() {
    MessageInteraction binary =
        new MessageInteraction(
            "b",
            "binary",
            List.of(),
            List.of(),
            new Body(true, Map.of("application/avro", World.text()), Location.of("events.yaml")),
            Flow.FROM_PROVIDER,
            TOPIC,
            World.line("events.yaml", 7));
    Contract events = events(binary);
    Subject deaf = Town.subject("deaf", Map.of(), List.of(), Map.of(), List.of());

    assertThat(of(billing(null), events, events).notReplayed())
        .extracting(Plan.NotReplayed::reason)
        .containsExactly("its body is not JSON, and nothing else is made yet");
    assertThat(of(deaf, events, events).notReplayed())
        .extracting(Plan.NotReplayed::reason)
        .containsExactly("no subject declares that it listens to licenses");
  }

  private static Plan plan(Scenarios found, Subject subject) {
    return Planner.plan(
        new PlanRequest(
            List.of(BASE, HEAD),
            List.of(new Step(List.of("authority"), Column.BASE, Column.HEAD)),
            List.of(subject),
            found.scenarios(),
            found.notReplayed(),
            List.of(BuiltInProfiles.read("messages"), BuiltInProfiles.read("field-loss")),
            Map.of(),
            World.SEED,
            Integer.MAX_VALUE),
        MessageScenariosTest::card);
  }

  private static @Nullable FaultCard card(String id) {
    return Faults.byId(id).map(fault -> fault.card()).orElse(null);
  }

  @Test
  void faultsOnMessagesAreAimedAtTheTopicsOfASequence() {
    Contract events =
        events(message("issued", issued().build()), message("ended", issued().build()));
    Subject subject = billing("licenses.DLT");
    Plan plan = plan(of(subject, events, events, BILLING), subject);

    assertThat(plan.experiments())
        .extracting(Experiment::label)
        .contains(
            "duplicate-message on topic licenses->billing",
            "reorder-messages(within=key) on topic licenses->billing",
            "poison-message(body=json) on topic licenses->billing");
    assertThat(plan.notApplicable())
        .containsKey("the amendment changes no message of the sequence");
  }

  @Test
  void whatMustBePutAsideNeedsATopicForIt() {
    Contract events = events(message("issued", issued().build()));
    Subject subject = billing(null);
    Plan plan = plan(of(subject, events, events, BILLING), subject);

    assertThat(plan.experiments()).noneMatch(experiment -> experiment.label().contains("poison"));
    assertThat(plan.notApplicable())
        .containsKey("what cannot be read must end somewhere: declare 'dead-letter' for licenses")
        .containsKey("no key has two messages that could change places");
  }
}
