package dev.codicil.report;

import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.profile.ProfileSnippet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The faults of chaos profiles, from their cards. */
public final class FaultsText {
  private static final int WIDTH = 100;
  private static final int ID = 36;

  private FaultsText() {}

  /** All faults by layer, a line each. */
  public static String list(List<Fault> faults, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    layers(faults)
        .forEach(
            (layer, cards) -> {
              page.raw(page.palette().bold("Faults: " + FaultWording.layer(layer)));
              cards.forEach(
                  card ->
                      page.text("  " + TextPage.pad(Escape.console(card.id()), ID), card.title()));
            });
    page.raw("");
    page.raw(page.palette().dim("One of them in full: codicil explain FAULT"));
    return page.toString();
  }

  /** One fault in full. */
  public static String card(FaultCard card, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    page.raw(page.palette().bold(Escape.console(card.id())));
    page.text("", card.title() + ".");
    page.blank();
    page.field(0, "layer", FaultWording.layer(card.layer()));
    page.field(0, "strikes", FaultWording.strikes(card));
    page.field(0, "planned", FaultWording.planned(card));
    page.field(0, "contract", FaultWording.contract(card));
    page.field(0, "good", card.goodService());
    if (!card.parameters().isEmpty()) {
      page.blank();
      page.raw(page.palette().bold("parameters"));
    }
    for (FaultCard.Parameter parameter : card.parameters()) {
      page.text(
          "  " + TextPage.pad(Escape.console(parameter.name()), ID / 2),
          facts(parameter) + parameter.description());
    }
    page.blank();
    page.raw(page.palette().bold("profile"));
    page.block("  ", ProfileSnippet.of(card).stripTrailing());
    return page.toString();
  }

  private static String facts(FaultCard.Parameter parameter) {
    String range = FaultWording.range(parameter);
    String byDefault = FaultWording.byDefault(parameter);
    return FaultWording.type(parameter)
        + (range.isEmpty() ? "" : " (" + range + ")")
        + (byDefault.isEmpty()
            ? ""
            : parameter.required() ? ", required" : ", default " + byDefault)
        + ". ";
  }

  /** The reference page. */
  public static String page(List<Fault> faults) {
    StringBuilder out = new StringBuilder(32_000);
    out.append("# Faults of chaos profiles\n\n")
        .append("Generated from the faults' cards; see CONTRIBUTING.md for how to write it anew.\n")
        .append("`codicil explain FAULT` prints one of them; [configuration.md](configuration.md)")
        .append(" says how a profile is written.\n\n")
        .append("What a message says after a fault is **in-contract** or **out-of-contract**. What")
        .append(" is in contract must be\nsurvived as if nothing had happened; what is not may be")
        .append(" refused with a declared error or met with a\ndeclared fallback. Where the place")
        .append(
            " decides, the contracts of both sides are asked: a value is in\ncontract when both")
        .append(" allow it for certain. Values that follow from a contract are drawn by the seed")
        .append(" when the\nrun is planned, and are the same before and after the amendment. A")
        .append(
            " place for which none can be found\n(a range that holds nothing, a pattern that no")
        .append(" text matches) is counted as not applicable.\n\n");
    Map<FaultCard.Layer, List<FaultCard>> layers = layers(faults);
    out.append(Wording.count(faults.size(), "fault")).append(":\n\n");
    layers.forEach(
        (layer, cards) ->
            out.append("- ")
                .append(FaultWording.layer(layer))
                .append(": ")
                .append(
                    String.join(
                        ", ",
                        cards.stream()
                            .map(card -> "[" + card.id() + "](#" + card.id() + ")")
                            .toList()))
                .append('\n'));
    layers.forEach(
        (layer, cards) -> {
          out.append("\n## ").append(FaultWording.layer(layer)).append('\n');
          cards.forEach(card -> card(out, card));
        });
    return out.toString();
  }

  private static void card(StringBuilder out, FaultCard card) {
    out.append("\n### ")
        .append(card.id())
        .append("\n\n**")
        .append(Escape.markdown(card.title()))
        .append(".** ")
        .append(Escape.markdown(card.goodService()))
        .append("\n\n- Strikes: ")
        .append(FaultWording.strikes(card))
        .append("\n- Planned: ")
        .append(FaultWording.planned(card))
        .append("\n- Contract: ")
        .append(FaultWording.contract(card))
        .append('\n');
    if (!card.parameters().isEmpty()) {
      out.append("\n| parameter | type | default | range | what it is |\n|---|---|---|---|---|\n");
    }
    for (FaultCard.Parameter parameter : card.parameters()) {
      out.append("| `").append(parameter.name()).append("` | ");
      out.append(FaultWording.type(parameter)).append(" | ");
      out.append(Escape.markdown(FaultWording.byDefault(parameter))).append(" | ");
      out.append(Escape.markdown(FaultWording.range(parameter))).append(" | ");
      out.append(Escape.markdown(parameter.description())).append(" |\n");
    }
    out.append("\n```yaml\n").append(ProfileSnippet.of(card)).append("```\n");
  }

  private static Map<FaultCard.Layer, List<FaultCard>> layers(List<Fault> faults) {
    Map<FaultCard.Layer, List<FaultCard>> layers = new EnumMap<>(FaultCard.Layer.class);
    for (Fault fault : faults) {
      FaultCard card = fault.card();
      layers.computeIfAbsent(card.layer(), layer -> new ArrayList<>()).add(card);
    }
    return layers;
  }
}
