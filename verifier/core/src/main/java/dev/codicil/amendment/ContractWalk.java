package dev.codicil.amendment;

import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.Difference;
import dev.codicil.amendment.rule.Excerpt;
import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.CallbackInteraction;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpInteraction.Style;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.PathTemplates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Matches the interactions of two contracts and lets the rules look at every place. */
final class ContractWalk {
  private final Pairing pairing;
  private final List<ChangeRule> rules;
  private final Map<Class<?>, List<ChangeRule>> byKind = new HashMap<>();
  private final Consumer<Found> sink;
  private final ShapeWalk shapes = new ShapeWalk();

  ContractWalk(Pairing pairing, List<ChangeRule> rules, Consumer<Found> sink) {
    this.pairing = pairing;
    this.rules = rules;
    this.sink = sink;
  }

  void run() {
    List<Interaction> gone = new ArrayList<>(pairing.interactionsBefore());
    List<Interaction> added = new ArrayList<>(pairing.interactionsAfter());
    match(gone, added, Interaction::key);
    match(gone, added, ContractWalk::operationKey);
    new ChannelMatch(pairing.interactionsBefore(), pairing.interactionsAfter())
        .take(gone, added)
        .forEach(renamed -> whole(renamed.before(), renamed.after(), true));
    Set<String> pathsBefore = paths(pairing.interactionsBefore());
    Set<String> pathsAfter = paths(pairing.interactionsAfter());
    gone.forEach(before -> whole(before, null, known(before, pathsAfter)));
    added.forEach(after -> whole(null, after, known(after, pathsBefore)));
  }

  private void match(
      List<Interaction> gone, List<Interaction> added, Function<Interaction, String> key) {
    Map<String, List<Interaction>> waiting = new HashMap<>();
    added.forEach(i -> waiting.computeIfAbsent(key.apply(i), k -> new ArrayList<>()).add(i));
    List<Interaction> unmatched = new ArrayList<>();
    for (Interaction before : gone) {
      List<Interaction> partners = waiting.getOrDefault(key.apply(before), List.of());
      if (partners.isEmpty()) {
        unmatched.add(before);
      } else {
        whole(before, partners.remove(0), true);
      }
    }
    gone.clear();
    gone.addAll(unmatched);
    added.removeIf(
        i -> waiting.getOrDefault(key.apply(i), List.of()).stream().noneMatch(w -> w == i));
  }

  /** Operations of documents match by what is on the wire; other interactions by key alone. */
  private static String operationKey(Interaction interaction) {
    return interaction instanceof HttpInteraction http && http.style() == Style.BY_SCHEMA
        ? "operation " + http.method() + " " + PathTemplates.normalize(http.path())
        : "key " + interaction.key();
  }

  private static Set<String> paths(List<Interaction> interactions) {
    Set<String> paths = new HashSet<>();
    for (Interaction interaction : interactions) {
      if (interaction instanceof HttpInteraction http) {
        paths.add(PathTemplates.normalize(http.path()));
      }
    }
    return paths;
  }

  private static boolean known(Interaction interaction, Set<String> paths) {
    return interaction instanceof HttpInteraction http
        && paths.contains(PathTemplates.normalize(http.path()));
  }

  private void whole(
      @Nullable Interaction before, @Nullable Interaction after, boolean pathOnBothSides) {
    Interaction any = before != null ? before : Objects.requireNonNull(after);
    Spotter spotter = new Spotter(before, after, operation(any));
    spotter.look(
        new Place.Operation(
            new Place.Spot(
                Direction.OPERATION,
                "",
                subject(any),
                before == null ? null : before.location(),
                after == null ? null : after.location()),
            before,
            after,
            pathOnBothSides),
        null);
    if (before instanceof HttpInteraction base && after instanceof HttpInteraction head) {
      new HttpWalk(base, head, spotter, shapes, false).run();
    } else if (before instanceof CallbackInteraction base
        && after instanceof CallbackInteraction head) {
      new HttpWalk(base.exchange(), head.exchange(), spotter, shapes, true).run();
    } else if (before instanceof MessageInteraction base
        && after instanceof MessageInteraction head) {
      new MessageWalk(base, head, spotter, shapes).run();
    }
  }

  /** What changes call the operation that an interaction belongs to. */
  static String operation(Interaction interaction) {
    if (interaction instanceof HttpInteraction http) {
      return http.operation();
    }
    return interaction instanceof CallbackInteraction
        ? interaction.description()
        : "message " + interaction.description();
  }

  private static String subject(Interaction interaction) {
    boolean schema = interaction instanceof HttpInteraction http && http.style() == Style.BY_SCHEMA;
    String word = schema ? "operation " : "interaction ";
    return (interaction instanceof CallbackInteraction ? "call " : word)
        + Excerpt.quoted(interaction.description());
  }

  private List<ChangeRule> interested(Class<? extends Place> places) {
    return byKind.computeIfAbsent(
        places, kind -> rules.stream().filter(rule -> rule.looksAt(places)).toList());
  }

  /** Lets every rule look at the places of one interaction. */
  final class Spotter {
    private final @Nullable Interaction before;
    private final @Nullable Interaction after;
    private final String operation;

    private Spotter(@Nullable Interaction before, @Nullable Interaction after, String operation) {
      this.before = before;
      this.after = after;
      this.operation = operation;
    }

    void look(Place place, @Nullable Part part) {
      for (ChangeRule rule : interested(place.getClass())) {
        rule.check(place)
            .ifPresent(
                difference ->
                    sink.accept(
                        new Found(
                            change(rule, place, difference),
                            difference,
                            place,
                            part,
                            pairing,
                            before,
                            after)));
      }
    }

    private Change change(ChangeRule rule, Place place, Difference difference) {
      Place.Spot spot = place.spot();
      return new Change(
          rule.card().id(),
          Differ.severity(
              difference.effect(),
              spot.direction(),
              difference.guard(),
              pairing.consumer() != null),
          difference.effect(),
          spot.direction(),
          pairing.provider(),
          operation,
          spot.path(),
          difference.before(),
          difference.after(),
          spot.subject() + " " + difference.told(),
          spot.base(),
          spot.head(),
          List.of());
    }
  }
}
