package dev.codicil.pactbroker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pact as a broker has it.
 *
 * @param provider name in the broker
 * @param consumer name in the broker
 * @param consumerVersion whose pact it is; empty when the broker does not say
 * @param branch of that version; empty when it has none
 * @param pending whether no version of the provider's branch has honored it yet, so that it is told
 *     and fails nothing
 * @param wip whether it is there although no selector selects it: work in progress
 * @param notices what the broker says about it
 * @param address of the pact
 * @param publication where results are posted; null when the broker takes none
 * @param content the pact, with the broker's links and the ids of its interactions
 */
public record BrokerPact(
    String provider,
    String consumer,
    String consumerVersion,
    String branch,
    boolean pending,
    boolean wip,
    List<Notice> notices,
    String address,
    @Nullable String publication,
    JsonNode content) {
  public BrokerPact {
    notices = List.copyOf(notices);
  }

  /**
   * A sentence of the broker.
   *
   * @param when {@code before_verification}, or what it is for after the results are known, such as
   *     {@code after_verification:success_true_published_false}
   * @param text for people
   */
  public record Notice(String when, String text) {
    /** Whether it is to be told before anything is known. */
    public boolean before() {
      return when.startsWith("before_verification");
    }
  }
}
