package dev.codicil.formats.pact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The status a reply must have.
 *
 * @param example the status the pact shows
 * @param text what {@link dev.codicil.contract.Response} takes: the status, or its class when a
 *     matcher allows more than this one
 */
record PactStatus(int example, String text) {

  static PactStatus of(Spot response, Rules rules) {
    Spot spot = response.child("status");
    int status = spot.node().isMissingNode() ? 200 : number(spot);
    RuleGroup group = rules.status();
    Optional<Rule> matcher = group == null ? Optional.empty() : group.first(Rule.Kind.STATUS_CODE);
    boolean several = matcher.isPresent() && !isOnly(matcher.get(), status);
    return new PactStatus(status, several ? status / 100 + "XX" : Integer.toString(status));
  }

  private static boolean isOnly(Rule rule, int status) {
    JsonNode codes = rule.spot().node().path("status");
    if (!codes.isArray()) {
      return false;
    }
    for (JsonNode code : codes) {
      if (code.asInt() != status) {
        return false;
      }
    }
    return true;
  }

  private static int number(Spot spot) {
    JsonNode node = spot.node();
    if (!node.isIntegralNumber() || !node.canConvertToInt() || !isStatus(node.intValue())) {
      throw spot.fail(
          "status must be a number from 100 to 599, but is " + Texts.brief(node.toString()));
    }
    return node.intValue();
  }

  private static boolean isStatus(int status) {
    return status >= 100 && status <= 599;
  }
}
