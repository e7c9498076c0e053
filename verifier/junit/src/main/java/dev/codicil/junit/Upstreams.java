package dev.codicil.junit;

import java.net.URI;

/**
 * Where the provider of a {@link ProviderReplay} is to call what it relies on, so that faults can
 * strike there as well. The upstreams are those that {@code codicil.yaml} declares of the provider,
 * each played from its contract.
 *
 * <pre>{@code
 * @DynamicPropertySource
 * static void upstreams(DynamicPropertyRegistry registry) {
 *   registry.add("partner.url", () -> Upstreams.url(LicenseAuthorityReplayTest.class, "partner"));
 * }
 * }</pre>
 */
public final class Upstreams {
  private Upstreams() {}

  /**
   * Base address of an upstream, {@code http://127.0.0.1:PORT}, the same for all cells of the test
   * class.
   *
   * @param tests class with {@link ProviderReplay}
   * @param upstream its name in {@code codicil.yaml}
   * @throws IllegalArgumentException when the class has no {@link ProviderReplay}
   * @throws dev.codicil.contract.InputException when there is no such upstream
   */
  public static URI url(Class<?> tests, String upstream) {
    return ReplayStages.of(tests).stage().upstream(upstream);
  }
}
