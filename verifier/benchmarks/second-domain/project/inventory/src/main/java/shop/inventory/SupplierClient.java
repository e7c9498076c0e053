package shop.inventory;

import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Asks the supplier how long a delivery takes. Slow or silent, it is given up in time. */
@Component
class SupplierClient {
  private final RestClient http;

  SupplierClient(InventorySettings settings) {
    SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(settings.supplier().connectTimeout());
    requests.setReadTimeout(settings.supplier().readTimeout());
    this.http =
        RestClient.builder()
            .baseUrl(settings.supplier().url().toString())
            .requestFactory(requests)
            .build();
  }

  /** As the supplier says it. */
  record LeadTime(String sku, Integer days) {}

  /** Days until a delivery of this item. */
  int leadDays(String sku) {
    LeadTime answer;
    try {
      answer =
          http.get().uri("/products/{sku}/lead-time", sku).retrieve().body(LeadTime.class);
    } catch (RestClientException e) {
      throw new SupplierUnavailable(e);
    }
    if (answer == null || answer.days() == null || answer.days() < 0) {
      throw new SupplierUnavailable(null);
    }
    return answer.days();
  }
}
