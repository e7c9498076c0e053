package dev.codicil.samples.authority.contracttest;

import dev.codicil.samples.authority.license.LateWrites;
import dev.codicil.samples.authority.license.LicenseStore;
import dev.codicil.samples.authority.license.LicenseStore.Effect;
import dev.codicil.samples.authority.partner.GuardedPartner;
import dev.codicil.samples.authority.web.Body;
import dev.codicil.samples.authority.web.Problem;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The hooks a verifier works the authority by. */
@RestController
@Profile("contract-test")
class ContractTestController {

  private final States states;
  private final LicenseStore store;
  private final LateWrites late;
  private final ObjectProvider<GuardedPartner> guarded;

  ContractTestController(
      States states, LicenseStore store, LateWrites late, ObjectProvider<GuardedPartner> guarded) {
    this.states = states;
    this.store = store;
    this.late = late;
    this.guarded = guarded;
  }

  @PostMapping("/_states")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void state(@RequestBody JsonNode json) {
    Body body = Body.of(json);
    String state = body.text("state");
    String action = body.optionalText("action");
    if (action == null || action.equals("setup")) {
      states.setUp(state);
    } else if (action.equals("teardown")) {
      states.tearDown(state);
    } else {
      throw Problem.badRequest("action must be 'setup' or 'teardown'");
    }
  }

  @PostMapping("/_reset")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void reset() {
    late.forget();
    store.reset();
    guarded.ifAvailable(GuardedPartner::forget);
  }

  @GetMapping("/_effects")
  Map<String, Long> effects() {
    late.flush();
    Map<Effect, Long> effects = store.effects();
    return Map.of(
        "issued", effects.getOrDefault(Effect.ISSUED, 0L),
        "renewed", effects.getOrDefault(Effect.RENEWED, 0L),
        "revoked", effects.getOrDefault(Effect.REVOKED, 0L));
  }
}
