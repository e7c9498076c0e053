package dev.codicil.samples.billing.event;

import dev.codicil.samples.billing.bill.BillBook;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Listens to what the license authority tells. */
@Component
@Lazy(false)
class LicenseListener {
  private final EventReader reader;
  private final BillBook book;

  LicenseListener(JsonMapper mapper, BillBook book) {
    this.reader = new EventReader(mapper);
    this.book = book;
  }

  @KafkaListener(topics = "${billing.topic}")
  void heard(ConsumerRecord<byte[], byte[]> message) {
    book.enter(reader.read(message));
  }
}
