package dev.codicil.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that brings the provider into a state that contracts ask for, before each replay of an
 * interaction that needs it. It has no parameter, or one of type {@code Map<String, Object>} for
 * the state's own parameters. Methods that Pact JVM's {@code @State} names are called as well.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ProviderState {
  /** Names of the states, as contracts have them. */
  String[] value();
}
