package dev.codicil.amendment.rule;

import dev.codicil.amendment.Effect;
import dev.codicil.contract.CallbackInteraction;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.PathTemplates;
import org.jspecify.annotations.Nullable;

/** Whole operations of a document, and whole interactions of a contract by example. */
final class OperationRules {
  private static final String SAFE = "Safe as it is.";

  static final ChangeRule PATH_ADDED =
      Rule.at(
          Place.Operation.class,
          RuleCard.of(
              "path-added",
              "A path was added",
              "More can be asked than before; breaks nobody.",
              "/licenses/{id}/renewals is new",
              SAFE,
              "path-removed"),
          place -> operation(place, false, true, Effect.WIDENED, "was added, with its path"));

  static final ChangeRule PATH_REMOVED =
      Rule.at(
          Place.Operation.class,
          RuleCard.of(
              "path-removed",
              "A path was removed",
              "Every consumer that calls it gets an error. A renamed path is one removed and one"
                  + " added.",
              "/licenses/{id} becomes /v2/licenses/{id}",
              "Serve both paths until nobody calls the old one.",
              "path-added"),
          place -> operation(place, false, false, Effect.NARROWED, "was removed, with its path"));

  static final ChangeRule METHOD_ADDED =
      Rule.at(
          Place.Operation.class,
          RuleCard.of(
              "method-added",
              "A method was added to a path",
              "More can be asked than before; breaks nobody.",
              "PATCH /licenses/{id} is new",
              SAFE,
              "method-removed"),
          place -> operation(place, true, true, Effect.WIDENED, "was added to a known path"));

  static final ChangeRule METHOD_REMOVED =
      Rule.at(
          Place.Operation.class,
          RuleCard.of(
              "method-removed",
              "A method was removed from a path",
              "Every consumer that uses it gets an error.",
              "DELETE /licenses/{id} is gone",
              "Keep it until nobody calls it.",
              "method-added"),
          place -> operation(place, true, false, Effect.NARROWED, "was removed, its path remains"));

  static final ChangeRule INTERACTION_ADDED =
      Rule.at(
          Place.Operation.class,
          RuleCard.of(
              "interaction-added",
              "An interaction was added",
              "A consumer asks for something it did not ask for before, and the provider may not"
                  + " serve it; a provider that promises more breaks nobody.",
              "\"a request to renew a license\" is new",
              "Release the provider that serves it first.",
              "interaction-removed"),
          place ->
              place.before() == null && place.after() != null && !isOperation(place.after())
                  ? Difference.of(Effect.WIDENED, null, name(place.after()), "was added")
                  : null);

  static final ChangeRule INTERACTION_REMOVED =
      Rule.at(
          Place.Operation.class,
          RuleCard.of(
              "interaction-removed",
              "An interaction was removed",
              "A consumer that asks for less breaks nobody; a provider that no longer promises it"
                  + " breaks whoever relies on it.",
              "\"a request to renew a license\" is gone",
              "Let the consumers go first.",
              "interaction-added"),
          place ->
              place.after() == null && place.before() != null && !isOperation(place.before())
                  ? Difference.of(Effect.NARROWED, name(place.before()), null, "was removed")
                  : null);

  static final ChangeRule INTERACTION_CHANGED =
      Rule.at(
          Place.Operation.class,
          RuleCard.of(
              "interaction-changed",
              "An interaction has another method or path",
              "The same interaction is another request now, which the other side may not know.",
              "GET /licenses/L-1 becomes GET /v2/licenses/L-1",
              "Release the provider that knows the new request first.",
              "interaction-changed"),
          place -> {
            if (place.before() instanceof HttpInteraction before
                && place.after() instanceof HttpInteraction after) {
              boolean same =
                  before.method().equals(after.method())
                      && PathTemplates.normalize(before.path())
                          .equals(PathTemplates.normalize(after.path()));
              return same
                  ? null
                  : Difference.of(
                      Effect.REPLACED,
                      Excerpt.of(before.operation()),
                      Excerpt.of(after.operation()),
                      "is " + Excerpt.quoted(after.operation()) + " now");
            }
            return null;
          });

  static final ChangeRule WEBHOOK_ADDED =
      Rule.at(
          Place.Operation.class,
          RuleCard.of(
              "webhook-added",
              "A webhook or callback was added",
              "The provider can call for one more reason; who did not subscribe is not called.",
              "webhook orderUpdated is new",
              "Call only those that ask for it.",
              "webhook-removed"),
          place ->
              place.before() == null && place.after() instanceof CallbackInteraction
                  ? Difference.of(Effect.WIDENED, null, name(place.after()), "was added")
                  : null);

  static final ChangeRule WEBHOOK_REMOVED =
      Rule.at(
          Place.Operation.class,
          RuleCard.of(
              "webhook-removed",
              "A webhook or callback was removed",
              "Consumers wait for calls that do not come any more.",
              "webhook orderDeleted is gone",
              "Keep calling until nobody is subscribed.",
              "webhook-added"),
          place ->
              place.after() == null && place.before() instanceof CallbackInteraction
                  ? Difference.of(Effect.NARROWED, name(place.before()), null, "was removed")
                  : null);

  private OperationRules() {}

  private static boolean isOperation(Interaction interaction) {
    return interaction instanceof HttpInteraction http
            && http.style() == HttpInteraction.Style.BY_SCHEMA
        || interaction instanceof CallbackInteraction;
  }

  private static String name(Interaction interaction) {
    return Excerpt.of(interaction.description());
  }

  private static @Nullable Difference operation(
      Place.Operation place, boolean pathOnBothSides, boolean added, Effect effect, String told) {
    Interaction here = added ? place.after() : place.before();
    Interaction there = added ? place.before() : place.after();
    if (there == null
        && here instanceof HttpInteraction http
        && isOperation(here)
        && place.pathOnBothSides() == pathOnBothSides) {
      String shown = Excerpt.of(http.operation());
      return Difference.of(effect, added ? null : shown, added ? shown : null, told);
    }
    return null;
  }
}
