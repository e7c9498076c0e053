package dev.codicil.samples.authority.database;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** Starts the embedded database before the first bean is made, since it takes longest. */
public final class EarlyDatabaseStart
    implements ApplicationContextInitializer<GenericApplicationContext> {

  @Override
  public void initialize(GenericApplicationContext context) {
    Environment environment = context.getEnvironment();
    String name = environment.getProperty("authority.database.name", "");
    if (!name.isEmpty() && environment.getProperty("authority.database.url", "").isBlank()) {
      String directory = environment.getProperty("authority.database.directory", "");
      SharedDatabase shared =
          directory.isBlank() ? null : SharedDatabase.in(Path.of(directory), name);
      Optional<String> running = shared == null ? Optional.empty() : shared.url();
      if (running.isPresent()) {
        context
            .getEnvironment()
            .getPropertySources()
            .addFirst(
                new MapPropertySource(
                    "shared database", Map.of("authority.database.url", running.get())));
        return;
      }
      EmbeddedDatabase database = EmbeddedDatabase.start(name, shared);
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
