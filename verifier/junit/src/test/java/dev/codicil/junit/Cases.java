package dev.codicil.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Outcome;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;

/** Tests as users write them, run by {@link AmendmentTestTest}. */
final class Cases {
  private Cases() {}

  static class Prices {
    @AmendmentTest(provider = "catalog", consumer = "shop", amendment = "price-renamed")
    void thePriceIsRead(@ProviderUrl URI catalog) throws Exception {
      assertThat(new CatalogClient(catalog).price("A1")).isEqualTo(12);
    }

    @AmendmentTest(
        provider = "catalog",
        consumer = "shop",
        amendment = "paged",
        chaos = "late",
        timeBudget = "700ms")
    void thePriceIsReadInTime(@ProviderUrl URI catalog) throws Exception {
      assertThat(new CatalogClient(catalog).price("A1")).isEqualTo(12);
    }

    @AmendmentTest(
        provider = "catalog",
        consumer = "shop",
        amendment = "price-optional",
        chaos = "late",
        timeBudget = "2s")
    void everyItemHasAPrice(@ProviderUrl URI catalog) throws Exception {
      assertThat(new CatalogClient(catalog).price("A1")).isEqualTo(12);
    }

    @AmendmentTest(provider = "catalog", consumer = "shop", amendment = "paged", chaos = "outage")
    @Accept(CatalogClient.Unavailable.class)
    @Accept(value = java.io.IOException.class, as = Outcome.DEGRADED)
    void anOutageIsSaid(@ProviderUrl String catalog) throws Exception {
      assertThat(new CatalogClient(URI.create(catalog)).price("A1")).isEqualTo(12);
    }
  }

  static class Storms {
    private CatalogClient client = new CatalogClient(URI.create("http://127.0.0.1:9"));

    @BeforeEach
    void connect(@ProviderUrl URI catalog) {
      client = new CatalogClient(catalog);
    }

    @AmendmentTest(provider = "catalog", consumer = "shop", failOn = FindingKind.FRAGILE)
    void theNoteIsTakenAsItComes() throws Exception {
      assertThat(client.get("/items/A1").get("note").asText()).isEqualTo("blue");
    }

    @AmendmentTest(provider = "catalog", consumer = "shop")
    void aFallbackIsSaid(Cell cell) throws Exception {
      if (!client.get("/items/A1").has("note")) {
        assertThat(cell.calm()).isFalse();
        cell.degraded("an item without a note");
      }
    }

    @AmendmentTest(provider = "catalog", consumer = "shop")
    void theTestIsWrong() throws Exception {
      assertThat(client.price("A1")).isEqualTo(13);
    }
  }

  static class Mistakes {
    @AmendmentTest(provider = "catalogue")
    void anUnknownProvider(@ProviderUrl URI catalog) {}

    @AmendmentTest(provider = "catalog", amendment = "price-rename")
    void anUnknownAmendment(@ProviderUrl URI catalog) {}

    @AmendmentTest(provider = "catalog", chaos = "late")
    void nobodyIsCalled(@ProviderUrl URI catalog) {}

    @AmendmentTest(provider = "catalog")
    void aWrongType(@ProviderUrl int catalog) {}
  }
}
