package dev.codicil.junit;

import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.ProviderInfo;
import au.com.dius.pact.core.model.BasePact;
import au.com.dius.pact.core.model.DefaultPactWriter;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.V4Pact;
import dev.codicil.contract.InputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kotlin.Pair;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The pact that the {@code @Pact} method of a test declares.
 *
 * @param model as Pact JVM has it
 * @param document as it would be written
 */
record DeclaredPact(BasePact model, byte[] document) {

  /**
   * The pact of the test that runs in this context, found as Pact JVM finds it.
   *
   * @throws InputException when it declares none, or several
   */
  static DeclaredPact of(ExtensionContext context) {
    PactConsumerTestExt pact = new PactConsumerTestExt();
    List<Pair<ProviderInfo, List<String>>> providers = pact.lookupProviderInfo(context);
    if (providers.size() != 1 || providers.get(0).getSecond().size() > 1) {
      throw new InputException(
          PactStorm.location(context),
          "declares "
              + (providers.isEmpty() ? "no pact" : "several pacts")
              + "; expected one @Pact method for one provider",
          "name it with @PactTestFor(pactMethod = ...)");
    }
    Pair<ProviderInfo, List<String>> only = providers.get(0);
    String method = only.getSecond().isEmpty() ? "" : only.getSecond().get(0);
    BasePact model = pact.lookupPact(only.getFirst(), method, context);
    StringWriter text = new StringWriter();
    DefaultPactWriter.INSTANCE.writePact(
        model,
        new PrintWriter(text),
        model instanceof V4Pact ? PactSpecVersion.V4 : PactSpecVersion.V3);
    return new DeclaredPact(model, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
