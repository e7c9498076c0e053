package dev.codicil.pactbroker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a provider made of a pact.
 *
 * @param success whether all of its interactions were honored
 * @param providerVersion version of the provider, such as a commit
 * @param buildUrl where the build is to be seen; null when it is nowhere
 * @param verifier version of Codicil
 * @param tests one an interaction of which something is known
 */
public record VerificationResult(
    boolean success,
    String providerVersion,
    @Nullable String buildUrl,
    String verifier,
    List<Test> tests) {
  /** Name under which results are published. */
  public static final String IMPLEMENTATION = "Codicil";

  public VerificationResult {
    tests = List.copyOf(tests);
    if (success && (tests.isEmpty() || tests.stream().anyMatch(test -> !test.success()))) {
      throw new IllegalArgumentException("a success is one of every interaction");
    }
  }

  /**
   * What became of an interaction.
   *
   * @param interactionId its id in the broker; null when it gave none
   * @param description what the pact calls it
   * @param success whether it was honored
   * @param mismatch what was expected and what came; empty for a success
   */
  public record Test(
      @Nullable String interactionId, String description, boolean success, String mismatch) {}

  /** As it is posted. */
  public ObjectNode body() {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("providerApplicationVersion", providerVersion);
    body.put("success", success);
    if (buildUrl != null) {
      body.put("buildUrl", buildUrl);
    }
    var results = body.putArray("testResults");
    for (Test test : tests) {
      ObjectNode node = results.addObject();
      if (test.interactionId() != null) {
        node.put("interactionId", test.interactionId());
      }
      node.put("interactionDescription", test.description());
      node.put("success", test.success());
      if (!test.mismatch().isEmpty()) {
        node.putArray("mismatches").addObject().put("description", test.mismatch());
      }
    }
    body.putObject("verifiedBy").put("implementation", IMPLEMENTATION).put("version", verifier);
    return body;
  }
}
