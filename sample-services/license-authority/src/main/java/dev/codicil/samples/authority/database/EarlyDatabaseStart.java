package dev.codicil.samples.authority.database;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/** Starts the embedded database before the first bean is made, since it takes longest. */
public final class EarlyDatabaseStart
    implements ApplicationContextInitializer<GenericApplicationContext> {

  @Override
  public void initialize(GenericApplicationContext context) {
    Environment environment = context.getEnvironment();
    String name = environment.getProperty("authority.database.name", "");
    if (!name.isEmpty() && environment.getProperty("authority.database.url", "").isBlank()) {
      EmbeddedDatabase database = EmbeddedDatabase.start(name);
      context.registerBean(
          EmbeddedDatabase.class,
          () -> database,
          definition -> {
            definition.setDestroyMethodName("close");
            // A lazy bean that nobody asked for would not be closed.
            definition.setLazyInit(false);
          });
    }
  }
}
