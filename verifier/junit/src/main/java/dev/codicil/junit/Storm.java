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
 * Puts a consumer test of Pact JVM into the storm, in place of {@code @Test}: it is run as Pact
 * runs it, and when it passes, once under every set of faults that strikes the interactions which
 * its {@code @Pact} method declares. Under faults the {@code MockServer} of the method is a stub of
 * these interactions behind a fault proxy; the pact that is written stays as it is.
 *
 * <p>Under faults a test may end as {@link Accept} says. Anything else is a finding and fails its
 * cell. With {@link #amendment} or {@link #base} cells are run before and after, as those of an
 * {@link AmendmentTest}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(StormExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
public @interface Storm {
  /** Names of chaos profiles; empty for those of the amendment, else of the project. */
  String[] profiles() default {};

  /** Name of a declared amendment of the provider; empty for none. */
  String amendment() default "";

  /** Revision or folder that the work tree is compared with when no amendment is named. */
  String base() default "";

  /** Seed of all draws. */
  long seed() default 1;

  /** A cell that takes longer hangs; a Go duration such as {@code 500ms}. */
  String timeBudget() default "2s";

  /** Findings that fail the cell in which they show. */
  FindingKind[] failOn() default {
    FindingKind.BROKEN, FindingKind.RESILIENCE_LOST, FindingKind.FRAGILE
  };
}
