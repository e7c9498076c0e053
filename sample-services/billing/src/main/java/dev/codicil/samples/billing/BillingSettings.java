package dev.codicil.samples.billing;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where events come from, and which of them is believed.
 *
 * @param topic of the license events
 * @param deadLetterTopic where events go that cannot be read
 * @param truth which event of a license decides
 */
@ConfigurationProperties("billing")
public record BillingSettings(String topic, String deadLetterTopic, Truth truth) {

  /** Which event of a license decides about its bill. */
  public enum Truth {
    /** The one with the latest time, whenever it came. */
    NEWEST,
    /** The one that came last. */
    LAST
  }
}
