package dev.codicil.report;

import dev.codicil.chaos.AbortRule;
import dev.codicil.chaos.BlastRadius;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Chaos profiles for people: what they do, where, and what a good service does. */
public final class ProfilesText {
  private static final int WIDTH = 100;
  private static final int NAME = 16;
  private static final int FAULT = 18;

  private ProfilesText() {}

  /**
   * A profile that can be chosen.
   *
   * @param origin where it comes from, a few words
   */
  public record Listed(ChaosProfile profile, String origin) {}

  /** Profiles with their titles and faults, a line each. */
  public static String list(List<Listed> profiles, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    for (Listed listed : profiles) {
      ChaosProfile profile = listed.profile();
      page.text(
          page.palette().bold(TextPage.pad(Escape.console(profile.name()), NAME)),
          profile.title() + " (" + listed.origin() + ")");
      profile.entries().forEach(entry -> line(page, "  ", entry));
      for (ChaosProfile.Combination many : profile.combinations()) {
        page.raw("  " + page.palette().dim(kind(many) + loaded(many)));
        many.entries().forEach(entry -> line(page, "    ", entry));
      }
    }
    page.blank();
    page.raw(page.palette().dim("One of them in full: codicil profiles explain NAME"));
    return page.toString();
  }

  private static void line(TextPage page, String indent, ChaosProfile.Entry entry) {
    List<String> said = new ArrayList<>(List.of(where(entry)));
    said.add(values(entry.parameters()));
    said.add(entry.conditions().label());
    said.add(load(entry.load()));
    said.removeIf(String::isEmpty);
    page.text(indent + TextPage.pad(Escape.console(entry.fault()), FAULT), String.join("; ", said));
  }

  /**
   * One profile in full.
   *
   * @param cards the card of a fault by its id
   */
  public static String explain(
      ChaosProfile profile, String origin, Function<String, FaultCard> cards, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    page.text(page.palette().bold(Escape.console(profile.name())) + "  ", profile.title());
    page.quiet("", origin + ", " + profile.location());
    limits(page, profile);
    for (ChaosProfile.Entry entry : profile.entries()) {
      page.blank();
      entry(page, 0, entry, cards.apply(entry.fault()));
    }
    for (ChaosProfile.Combination many : profile.combinations()) {
      page.blank();
      page.raw(page.palette().bold(kind(many)));
      page.field(2, "under", load(many.load()));
      for (ChaosProfile.Entry entry : many.entries()) {
        entry(page, 2, entry, cards.apply(entry.fault()));
      }
    }
    page.blank();
    page.raw(page.palette().dim("Choose it: codicil verify --profiles " + profile.name()));
    return page.toString();
  }

  private static void limits(TextPage page, ChaosProfile profile) {
    BlastRadius radius = profile.radius();
    List<String> within = new ArrayList<>();
    if (!radius.consumers().isEmpty()) {
      within.add("consumers " + String.join(", ", radius.consumers()));
    }
    if (!radius.edges().isEmpty()) {
      within.add("edges " + String.join(", ", radius.edges()));
    }
    if (radius.exchanges() != Conditions.UNBOUNDED) {
      within.add("at most " + Wording.count(radius.exchanges(), "exchange") + " a cell");
    }
    page.field(0, "only", String.join("; ", within));
    AbortRule abort = profile.abort();
    List<String> until = new ArrayList<>();
    if (abort.failures() > 0) {
      until.add(Wording.count(abort.failures(), "cell") + " in a row in which a subject died");
    }
    if (abort.unrecovered() > 0) {
      until.add(
          Wording.count(abort.unrecovered(), "cell") + " without a return to the steady state");
    }
    page.field(0, "gives up", until.isEmpty() ? "" : "after " + String.join(", or ", until));
  }

  private static void entry(TextPage page, int indent, ChaosProfile.Entry entry, FaultCard card) {
    page.text(
        " ".repeat(indent) + page.palette().bold(Escape.console(entry.fault())) + "  ",
        card.title());
    int in = indent + 2;
    page.field(in, "strikes", where(entry) + aim(entry, card));
    page.field(in, "only", entry.conditions().label());
    page.field(in, "with", parameters(entry.parameters(), card));
    page.field(in, "under", load(entry.load()));
    page.field(in, "good", card.goodService());
  }

  private static String loaded(ChaosProfile.Combination many) {
    return many.load() == null ? "" : "; " + load(many.load());
  }

  private static String load(@Nullable Load load) {
    return load == null
        ? ""
        : "a load of "
            + load.label()
            + (load.methods().equals(Load.SAFE)
                ? ""
                : "; repeats " + String.join(", ", load.methods()));
  }

  /** A fault on fields is planned for each of them, unless one is named. */
  private static String aim(ChaosProfile.Entry entry, FaultCard card) {
    boolean named =
        card.parameters().stream()
            .filter(parameter -> parameter.type() == FaultCard.Type.POINTER)
            .anyMatch(parameter -> entry.parameters().text(parameter.name()).isPresent());
    return card.targetsField() && !named
        ? "; one storm for each field that the contracts promise, amended ones first"
        : "";
  }

  private static String parameters(Parameters written, FaultCard card) {
    List<String> values = new ArrayList<>();
    for (Map.Entry<String, String> value : card.complete(written).values().entrySet()) {
      values.add(
          value.getKey()
              + " "
              + value.getValue()
              + (written.text(value.getKey()).isPresent() ? "" : " (by default)"));
    }
    return String.join(", ", values);
  }

  private static String values(Parameters written) {
    return String.join(
        ", ",
        written.values().entrySet().stream()
            .map(value -> value.getKey() + " " + value.getValue())
            .toList());
  }

  private static String where(ChaosProfile.Entry entry) {
    String messages =
        entry.stream() == null
            ? "messages"
            : entry.stream() == Stream.UPSTREAM ? "requests" : "replies";
    return messages
        + switch (entry.edges()) {
          case CONSUMER -> " between the replaying consumer and the provider";
          case UPSTREAM -> " between a subject and what it calls";
          case ANY -> " on every edge";
        };
  }

  private static String kind(ChaosProfile.Combination many) {
    return many.kind() == ChaosProfile.Combination.Kind.TOGETHER
        ? "together, in one storm"
        : "in phases, one after the other on one edge";
  }
}
