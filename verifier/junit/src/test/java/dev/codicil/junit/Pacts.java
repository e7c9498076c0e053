package dev.codicil.junit;

import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.PactDslJsonBody;
import au.com.dius.pact.consumer.dsl.PactDslWithProvider;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.extension.ExtendWith;

/** Consumer tests as users of Pact JVM write them, run by {@link StormTest}. */
final class Pacts {
  private Pacts() {}

  @ExtendWith(PactConsumerTestExt.class)
  @PactTestFor(providerName = "catalog", pactVersion = PactSpecVersion.V4)
  static class Prices {
    @Pact(consumer = "shop")
    V4Pact item(PactDslWithProvider pact) {
      return pact.uponReceiving("item A1")
          .method("GET")
          .path("/items/A1")
          .willRespondWith()
          .status(200)
          .body(
              new PactDslJsonBody()
                  .stringType("id", "A1")
                  .integerType("price", 12)
                  .stringType("note", "blue"))
          .toPact(V4Pact.class);
    }

    @Storm(profiles = "outage")
    @PactTestFor(pactMethod = "item")
    @Accept(CatalogClient.Unavailable.class)
    @Accept(IOException.class)
    void anOutageIsSaid(MockServer mock) throws Exception {
      assertThat(client(mock).price("A1")).isEqualTo(12);
    }

    @Storm(profiles = "field-loss")
    @PactTestFor(pactMethod = "item")
    @Accept(NullPointerException.class)
    void aPriceIsANumber(MockServer mock, V4Pact pact) throws Exception {
      assertThat(pact.getConsumer().getName()).isEqualTo("shop");
      assertThat(client(mock).price("A1")).isEqualTo(12);
    }

    @Storm(profiles = "outage", amendment = "price-renamed")
    @PactTestFor(pactMethod = "item")
    @Accept(IOException.class)
    void thePriceIsStillThere(MockServer mock) throws Exception {
      assertThat(client(mock).price("A1")).isEqualTo(12);
    }

    @Storm(profiles = "outage")
    @PactTestFor(pactMethod = "item")
    void somethingElseIsAsked(MockServer mock) throws Exception {
      assertThat(client(mock).get("/shelves")).isNotNull();
    }

    private static CatalogClient client(MockServer mock) {
      return new CatalogClient(URI.create(mock.getUrl()));
    }
  }
}
