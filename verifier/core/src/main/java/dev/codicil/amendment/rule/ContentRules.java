package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.contract.Assertions;
import java.util.Objects;

/** What a text holds, where it holds something encoded. */
final class ContentRules {
  static final ChangeRule CHANGED =
      Rule.at(
          Place.Value.class,
          RuleCard.of(
              "content-coding-changed",
              "A text holds something else, or holds it encoded otherwise",
              "Who decodes the old way cannot read the new one: breaks consumers in both"
                  + " directions.",
              "contentEncoding: base64 becomes base64url",
              "Add a field with the new coding beside the old one.",
              "content-coding-changed"),
          place -> {
            String before = shown(place.before().assertions());
            String after = shown(place.after().assertions());
            return before.equals(after)
                ? null
                : Difference.of(
                    Effect.REPLACED,
                    Excerpt.of(before),
                    Excerpt.of(after),
                    "holds " + Excerpt.quoted(after) + " instead of " + Excerpt.quoted(before));
          });

  private ContentRules() {}

  private static String shown(Assertions said) {
    String type = Objects.requireNonNullElse(said.contentMediaType(), "");
    String encoding = Objects.requireNonNullElse(said.contentEncoding(), "");
    if (type.isEmpty() && encoding.isEmpty()) {
      return "plain text";
    }
    return encoding.isEmpty() ? type : (type + " in " + encoding).strip();
  }
}
