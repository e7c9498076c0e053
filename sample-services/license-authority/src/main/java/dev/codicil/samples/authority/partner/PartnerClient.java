package dev.codicil.samples.authority.partner;

import dev.codicil.samples.authority.AuthoritySettings;
import java.util.Objects;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Asks the partner the way a first draft does: in line, without a timeout, with no plan for the day
 * the partner is slow, away or talking nonsense. It is here to be found out.
 */
@Component
public class PartnerClient implements IdentityCheck {

  private final RestClient client;

  PartnerClient(RestClient.Builder builder, AuthoritySettings settings) {
    this.client =
        builder
            .baseUrl(settings.partnerUrl())
            .requestFactory(new JdkClientHttpRequestFactory(Http.client()))
            .defaultHeader("Connection", "close")
            .build();
  }

  /** What the partner says of a holder. */
  record Identity(String holder, boolean vouched, String assurance) {}

  @Override
  public boolean vouchedFor(String holder) {
    Identity identity =
        client.get().uri("/identities/{holder}", holder).retrieve().body(Identity.class);
    return Objects.requireNonNull(identity, "the partner said nothing").vouched();
  }
}
