package dev.codicil.junit;

import dev.codicil.verdict.FindingKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test of a consumer's own code, run once a cell: before and after an amendment, in calm and
 * under every set of faults that strikes what the test uses. The provider is played from its
 * contracts behind a fault proxy, at the address that a parameter annotated with {@link
 * ProviderUrl} gets.
 *
 * <p>In calm the test must pass on both sides. Under faults it may end as it likes, but not worse
 * after than before: what held before and fails after is <em>resilience-lost</em> and fails the
 * cell. What fails before as well is <em>fragile</em> and is reported as aborted unless {@link
 * #failOn} says otherwise.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(AmendmentExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
public @interface AmendmentTest {
  /** Name of the provider, as contracts have it. */
  String provider();

  /** Name of the consumer whose examples the provider is played from; empty for any. */
  String consumer() default "";

  /**
   * Name of a declared amendment (a folder of {@code contracts/amendments}); empty for the work
   * tree against {@link #base}.
   */
  String amendment() default "";

  /**
   * Revision or folder that the work tree is compared with when no amendment is named. Without both
   * there is one side only, and the test is put into the storm as it is.
   */
  String base() default "";

  /** Names of chaos profiles; empty for those of the amendment, else of the project. */
  String[] chaos() default {};

  /** Seed of all draws. */
  long seed() default 1;

  /** A cell that takes longer hangs; a Go duration such as {@code 500ms}. */
  String timeBudget() default "2s";

  /** Findings that fail the cell in which they show. */
  FindingKind[] failOn() default {FindingKind.BROKEN, FindingKind.RESILIENCE_LOST};
}
