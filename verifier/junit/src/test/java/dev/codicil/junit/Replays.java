package dev.codicil.junit;

import au.com.dius.pact.provider.junitsupport.State;
import au.com.dius.pact.provider.junitsupport.State.StateChangeAction;
import dev.codicil.verdict.FindingKind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestTemplate;

/** Replays as users write them, run by {@link ProviderReplayTest}. */
final class Replays {
  private Replays() {}

  /** A provider that gives up on its prices in time. */
  @ProviderReplay(provider = "catalog")
  static class Patient {
    private static @Nullable Catalog catalog;

    @BeforeAll
    static void start() {
      catalog = new Catalog(Upstreams.url(Patient.class, "prices"), Duration.ofMillis(100));
    }

    @AfterAll
    static void stop() {
      running(catalog).close();
    }

    @TestTemplate
    void keepsItsPromises(Replay replay) {
      replay.against(running(catalog).port());
    }

    @ProviderState("item A1 is sold")
    void sold(Map<String, Object> parameters) {
      running(catalog).note(String.valueOf(parameters.get("color")));
    }
  }

  /** One that waits for ever, and sets its states up as Pact's users do. */
  @ProviderReplay(provider = "catalog", consumer = "shop")
  static class Waiting {
    static final List<String> STATES = new ArrayList<>();
    private static @Nullable Catalog catalog;

    @BeforeAll
    static void start() {
      catalog = new Catalog(Upstreams.url(Waiting.class, "prices"), null);
    }

    @AfterAll
    static void stop() {
      running(catalog).close();
    }

    @TestTemplate
    void keepsItsPromises(Replay replay) {
      replay.against(URI.create("http://localhost:" + running(catalog).port()));
    }

    @State("item A1 is sold")
    void sold() {
      STATES.add("sold");
      running(catalog).note("blue");
    }

    @State(value = "item A1 is sold", action = StateChangeAction.TEARDOWN)
    void gone() {
      STATES.add("gone");
    }
  }

  /** The same, by somebody who only wants to know of it. */
  @ProviderReplay(provider = "catalog", consumer = "shop", failOn = FindingKind.BROKEN)
  static class Lenient extends Waiting {
    private static @Nullable Catalog catalog;

    @BeforeAll
    static void startOwn() {
      catalog = new Catalog(Upstreams.url(Lenient.class, "prices"), null);
    }

    @Override
    @TestTemplate
    void keepsItsPromises(Replay replay) {
      replay.against(running(catalog).port());
    }

    @Override
    @State("item A1 is sold")
    void sold() {
      running(catalog).note("blue");
    }
  }

  /** One that does not tell what its consumer reads. */
  @ProviderReplay(provider = "catalog", consumer = "shop")
  static class Broken {
    @TestTemplate
    void keepsItsPromises(Replay replay) {
      try (Catalog catalog = new Catalog(Upstreams.url(Broken.class, "prices"), null)) {
        catalog.note("green");
        replay.against(catalog.port());
      }
    }

    @ProviderState("item A1 is sold")
    void sold() {}
  }

  /** One whose states nobody sets up. */
  @ProviderReplay(provider = "catalog", consumer = "shop")
  static class Stateless {
    @TestTemplate
    void keepsItsPromises(Replay replay) {
      try (Catalog catalog = new Catalog(Upstreams.url(Stateless.class, "prices"), null)) {
        replay.against(catalog.port());
      }
    }

    @ProviderState("something else")
    void other() {}
  }

  /** One that never says where the provider is. */
  @ProviderReplay(provider = "catalog", consumer = "shop")
  static class Nowhere {
    @TestTemplate
    void keepsItsPromises(Replay replay) {}
  }

  /** One that asks for somebody who is not there. */
  @ProviderReplay(provider = "catalogue")
  static class Unknown {
    @TestTemplate
    void keepsItsPromises(Replay replay) {}
  }

  private static Catalog running(@Nullable Catalog catalog) {
    return Objects.requireNonNull(catalog);
  }
}
