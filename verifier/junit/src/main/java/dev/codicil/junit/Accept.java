package dev.codicil.junit;

import dev.codicil.verdict.Outcome;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares what the consumer throws when it gives less on purpose: under faults, an exception of
 * this type, or caused by one, is no failure but a declared outcome.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(Accept.All.class)
public @interface Accept {
  /** What is thrown. */
  Class<? extends Throwable> value();

  /** What that means: {@code REFUSED}, a clean error in time, or {@code DEGRADED}, a fallback. */
  Outcome as() default Outcome.REFUSED;

  /** Several of them. */
  @Target({ElementType.METHOD, ElementType.TYPE})
  @Retention(RetentionPolicy.RUNTIME)
  @Documented
  @interface All {
    /** All of them. */
    Accept[] value();
  }
}
