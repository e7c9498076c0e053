package dev.codicil.samples.checkout.authority;

import dev.codicil.samples.checkout.CheckoutSettings;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Calls the authority with as much patience as a customer has: two attempts of half a second, and
 * none at all while most calls fail. From the inside out: time limit, circuit breaker, retry.
 */
@Component
public class PatientAuthority {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final TimeLimiter limiter;
  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "license-authority",
          CircuitBreakerConfig.custom()
              .slidingWindowSize(20)
              .minimumNumberOfCalls(20)
              .failureRateThreshold(80)
              .waitDurationInOpenState(Duration.ofSeconds(2))
              .ignoreExceptions(AuthorityRefused.class)
              .build());
  private final Retry retry =
      Retry.of(
          "license-authority",
          RetryConfig.custom()
              .maxAttempts(2)
              .waitDuration(PAUSE)
              .retryExceptions(AuthorityUnavailable.class)
              .build());

  PatientAuthority(CheckoutSettings settings) {
    limiter = TimeLimiter.of(settings.attemptTimeout());
  }

  /**
   * Makes a call.
   *
   * @throws AuthorityRefused when the authority says no
   * @throws AuthorityUnavailable when it says nothing in time, or nothing to be trusted
   */
  public <T> T ask(Call<T> call) {
    try {
      return retry.executeSupplier(() -> breaker.executeSupplier(() -> attempt(call)));
    } catch (CallNotPermittedException e) {
      throw new AuthorityUnavailable("the authority has failed too often of late", e);
    }
  }

  /** Forgets how the authority has been of late. */
  public void reset() {
    breaker.reset();
  }

  private <T> T attempt(Call<T> call) {
    try {
      return call.read(limiter.executeFutureSupplier(call::send));
    } catch (AuthorityRefused | AuthorityUnavailable e) {
      throw e;
    } catch (TimeoutException e) {
      throw new AuthorityUnavailable("the authority took too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuthorityUnavailable("interrupted", e);
    } catch (Exception e) {
      throw new AuthorityUnavailable("the authority could not be reached", e);
    }
  }
}
