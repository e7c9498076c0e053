package dev.codicil.report;

import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.RuleCard;
import dev.codicil.conformance.ConformityRules;
import java.util.List;
import java.util.Map;

/** The rules of {@code diff} and {@code conform}, from their cards. */
public final class RulesText {
  private static final int WIDTH = 100;
  private static final int ID = 36;
  private static final String CONFORM = "What `codicil conform` finds";

  private RulesText() {}

  /** All rules by topic, a line each. */
  public static String list(List<ChangeRule> rules, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    for (Map.Entry<String, List<RuleCard>> topic : RuleTopics.of(rules).entrySet()) {
      page.raw(page.palette().bold(topic.getKey()));
      for (RuleCard card : topic.getValue()) {
        page.text("  " + TextPage.pad(Escape.console(card.id()), ID), card.title());
      }
    }
    page.raw("");
    page.raw(page.palette().dim("One of them in full: codicil explain RULE"));
    return page.toString();
  }

  /** One rule in full. */
  public static String card(RuleCard card, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    page.raw(page.palette().bold(Escape.console(card.id())));
    page.text("", card.title() + ".");
    page.blank();
    page.field(0, "why", card.why());
    page.field(0, "example", card.example());
    page.field(0, "safe way", card.remedy());
    page.field(0, "mirror", mirror(card));
    page.field(0, "directions", card.asymmetry());
    return page.toString();
  }

  /** All rules of {@code conform}, a line each. */
  public static String conformity(List<ConformityRules.Card> cards, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    page.raw(page.palette().bold(CONFORM));
    for (ConformityRules.Card card : cards) {
      page.text("  " + TextPage.pad(Escape.console(card.id()), ID), card.title());
    }
    return page.toString();
  }

  /** One rule of {@code conform} in full. */
  public static String card(ConformityRules.Card card, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    page.raw(page.palette().bold(Escape.console(card.id())));
    page.text("", card.title() + ".");
    page.blank();
    page.field(0, "why", card.why());
    page.field(0, "example", card.example());
    page.field(0, "safe way", card.remedy());
    return page.toString();
  }

  /** The reference page. */
  public static String page(List<ChangeRule> rules, List<ConformityRules.Card> conformity) {
    StringBuilder out = new StringBuilder(32_000);
    out.append("# Rules of `codicil diff`\n\n")
        .append("Generated from the rules' cards; see CONTRIBUTING.md for how to write it anew.\n")
        .append("`codicil explain RULE` prints one of them.\n\n")
        .append("A rule says what happens to the set of allowed messages. The severity follows")
        .append(" from that and from\nthe direction: requests must not be narrowed, replies must")
        .append(" not be widened. Where the other side\nis expected to tolerate it, a break is a")
        .append(" risk.\n\n");
    Map<String, List<RuleCard>> topics = RuleTopics.of(rules);
    out.append(Wording.count(rules.size(), "rule")).append(":\n\n");
    for (Map.Entry<String, List<RuleCard>> topic : topics.entrySet()) {
      out.append("- ").append(topic.getKey()).append(": ");
      out.append(
          String.join(
              ", ",
              topic.getValue().stream()
                  .map(card -> "[" + card.id() + "](#" + card.id() + ")")
                  .toList()));
      out.append('\n');
    }
    for (Map.Entry<String, List<RuleCard>> topic : topics.entrySet()) {
      out.append("\n## ").append(topic.getKey()).append('\n');
      topic.getValue().forEach(card -> card(out, card));
    }
    out.append("\n# Rules of `codicil conform`\n\n")
        .append("What a consumer relies on and a document does not promise. Breaking is what no")
        .append(" reply of the document\ncan satisfy, risky what only some of them do.\n");
    conformity.forEach(card -> card(out, card));
    return out.toString();
  }

  private static void card(StringBuilder out, RuleCard card) {
    opening(out, card.id(), card.title(), card.why(), card.example(), card.remedy());
    out.append("\n- Mirror: ")
        .append(
            card.mirror().equals(card.id())
                ? "itself"
                : "[" + card.mirror() + "](#" + card.mirror() + ")")
        .append('\n');
    if (!card.asymmetry().isEmpty()) {
      out.append("- Directions: ").append(Escape.markdown(card.asymmetry())).append('\n');
    }
  }

  private static void card(StringBuilder out, ConformityRules.Card card) {
    opening(out, card.id(), card.title(), card.why(), card.example(), card.remedy());
    out.append('\n');
  }

  /** What the cards of both kinds of rules begin with. */
  private static void opening(
      StringBuilder out, String id, String title, String why, String example, String remedy) {
    out.append("\n### ")
        .append(id)
        .append("\n\n**")
        .append(Escape.markdown(title))
        .append(".** ")
        .append(Escape.markdown(why))
        .append("\n\n- Example: ")
        .append(Escape.markdown(example))
        .append("\n- Safe way: ")
        .append(Escape.markdown(remedy));
  }

  private static String mirror(RuleCard card) {
    return card.mirror().equals(card.id()) ? "itself, with the sides swapped" : card.mirror();
  }
}
