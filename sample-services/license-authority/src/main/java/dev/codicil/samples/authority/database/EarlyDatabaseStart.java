package dev.codicil.samples.authority.database;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
      if (shared != null && running.isPresent()) {
        holdOn(context, shared);
        context
            .getEnvironment()
            .getPropertySources()
            .addFirst(
                new MapPropertySource(
                    "shared database", Map.of("authority.database.url", running.get())));
        return;
      }
      EmbeddedDatabase database = EmbeddedDatabase.start(name, shared);
      closeLate(context, EmbeddedDatabase.class, database);
    }
  }

  /** The server of another node goes on as long as we do. */
  private static void holdOn(GenericApplicationContext context, SharedDatabase shared) {
    try {
      closeLate(context, OutputStream.class, shared.hold());
    } catch (IOException e) {
      throw new UncheckedIOException("the shared database is going away", e);
    }
  }

  private static <T extends AutoCloseable> void closeLate(
      GenericApplicationContext context, Class<T> type, T resource) {
    context.registerBean(
        type,
        () -> resource,
        definition -> {
          definition.setDestroyMethodName("close");
          // A lazy bean that nobody asked for would not be closed.
          definition.setLazyInit(false);
        });
  }
}
