package dev.codicil.junit;

import dev.codicil.verdict.FindingKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test class that holds a running provider to what its consumers rely on, in calm and in the
 * storm. Its {@code @TestTemplate} method with a parameter of type {@link Replay} is run once a
 * cell: every interaction of the provider's contracts in calm, then under every set of faults that
 * strikes its request or, where the provider calls its upstreams at the addresses that {@link
 * Upstreams} gives, what the provider relies on itself.
 *
 * <pre>{@code
 * @SpringBootTest(webEnvironment = RANDOM_PORT)
 * @ProviderReplay(provider = "license-authority", chaos = "slow-partner")
 * class LicenseAuthorityReplayTest {
 *   @LocalServerPort int port;
 *
 *   @TestTemplate
 *   void keepsItsPromises(Replay replay) {
 *     replay.against(port);
 *   }
 *
 *   @ProviderState("license L-1 is active")
 *   void active() { ... }
 * }
 * }</pre>
 *
 * <p>In calm every interaction must hold. Under faults the provider may degrade or refuse cleanly
 * and in time; what is worse fails the cell unless {@link #failOn} says otherwise.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(ReplayExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
public @interface ProviderReplay {
  /** Name of the provider, as contracts have it. */
  String provider();

  /** Name of the consumer whose expectations count; empty for those of all. */
  String consumer() default "";

  /**
   * Name of a declared amendment (a folder of {@code contracts/amendments}): what it changes is
   * struck first, and consumers bring what they relied on before. Empty for the work tree.
   */
  String amendment() default "";

  /** Revision or folder whose contracts consumers bring, when no amendment is named. */
  String base() default "";

  /** Names of chaos profiles; empty for those of the amendment, else of the project. */
  String[] chaos() default {};

  /** Seed of all draws. */
  long seed() default 1;

  /**
   * Findings that fail the cell in which they show: {@code BROKEN} in calm, {@code FRAGILE} under
   * faults, {@code INCONCLUSIVE} where nothing can be said. Others abort it.
   */
  FindingKind[] failOn() default {FindingKind.BROKEN, FindingKind.FRAGILE};
}
