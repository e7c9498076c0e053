package dev.codicil.samples.billing.event;

import dev.codicil.samples.billing.BillingSettings;
import org.apache.kafka.common.TopicPartition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** What is done with messages that cannot be worked on: put aside, with the reason. */
@Configuration(proxyBeanMethods = false)
class DeadLetters {
  private static final long PAUSE_MILLIS = 50;
  private static final long ATTEMPTS = 2;

  @Bean
  CommonErrorHandler putAside(KafkaTemplate<byte[], byte[]> template, BillingSettings settings) {
    DeadLetterPublishingRecoverer recoverer =
        new DeadLetterPublishingRecoverer(
            template,
            (message, reason) ->
                new TopicPartition(settings.deadLetterTopic(), message.partition()));
    DefaultErrorHandler handler =
        new DefaultErrorHandler(recoverer, new FixedBackOff(PAUSE_MILLIS, ATTEMPTS));
    handler.addNotRetryableExceptions(UnreadableEvent.class);
    return handler;
  }
}
