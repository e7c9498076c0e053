package au.com.dius.pact.provider.junitsupport;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for Pact JVM's annotation of that name, which users have on their class path. */
@Retention(RetentionPolicy.RUNTIME)
public @interface State {
  /** Names of the states. */
  String[] value();

  /** What the method does about them. */
  StateChangeAction action() default StateChangeAction.SETUP;

  /** As Pact JVM has it. */
  enum StateChangeAction {
    SETUP,
    TEARDOWN
  }
}
