package dev.codicil.benchmarks;

import au.com.dius.pact.core.model.FileSource;
import au.com.dius.pact.provider.ConsumerInfo;
import au.com.dius.pact.provider.ProviderInfo;
import au.com.dius.pact.provider.ProviderVerifier;
import au.com.dius.pact.provider.VerificationResult;
import java.io.File;
import java.util.HashMap;
import java.util.List;

/**
 * {@code PeerVerification PACT PORT INTERACTIONS}: what Pact JVM's own {@code verifyProvider} takes
 * for a pact, the second time, when it is warm. Reports nowhere and sends nothing but the pact's
 * requests to this machine.
 */
public final class PeerVerification {
  private PeerVerification() {}

  /** See the class. */
  public static void main(String[] args) {
    File pact = new File(args[0]);
    int port = Integer.parseInt(args[1]);
    int interactions = Integer.parseInt(args[2]);
    verify(pact, port);
    long start = System.nanoTime();
    verify(pact, port);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "verifyProvider %d interactions %.3f s %.0f exchanges/s%n",
        interactions, seconds, interactions / seconds);
    System.exit(0);
  }

  private static void verify(File pact, int port) {
    ProviderInfo provider = new ProviderInfo("items");
    provider.setHost("127.0.0.1");
    provider.setPort(port);
    ConsumerInfo consumer = new ConsumerInfo("shop");
    consumer.setPactSource(new FileSource(pact));
    provider.setConsumers(List.of(consumer));
    ProviderVerifier verifier = new ProviderVerifier();
    verifier.setReporters(List.of());
    verifier.setProjectHasProperty(name -> false);
    verifier.initialiseReporters(provider);
    VerificationResult result =
        verifier.runVerificationForConsumer(
            new HashMap<>(), provider, consumer);
    if (!(result instanceof VerificationResult.Ok)) {
      throw new IllegalStateException("the peer found the pact not honored: " + result);
    }
  }
}
