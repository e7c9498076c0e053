package dev.codicil.storm.run;

import dev.codicil.chaos.Parcel;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.Fingerprints;
import dev.codicil.experiment.MessagePromises;
import dev.codicil.experiment.Publishing;
import dev.codicil.experiment.Subject;
import dev.codicil.history.PublishedRecord;
import dev.codicil.history.PublishedRecord.Message;
import dev.codicil.storm.run.MessageBroker.Captured;
import dev.codicil.storm.run.MessageBroker.Mark;
import dev.codicil.storm.run.MessageBroker.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the subjects of a lane publish while a cell runs: read from the broker, from where the
 * topics end when the cell begins.
 */
final class LanePublished {
  /** In the first calm cell nobody knows yet what will come, so it is given more time. */
  private static final int FIRST = 4;

  private record Watched(String subject, Publishing publishing) {
    String edge() {
      return publishing.edge(subject);
    }
  }

  private final LaneMessages messages;
  private final Redactor redactor;
  private final List<Watched> watched;
  private final Map<MessageBroker, Mark> marks = new LinkedHashMap<>();
  private @Nullable String problem;

  private LanePublished(LaneMessages messages, Redactor redactor, List<Watched> watched) {
    this.messages = messages;
    this.redactor = redactor;
    this.watched = watched;
  }

  /**
   * Begins to watch.
   *
   * @param subjects that the cell may reach and that run here
   * @param ours topics that the cell itself publishes to: who else does cannot be told there
   * @return null when nothing is declared to be published
   */
  static @Nullable LanePublished begin(
      LaneMessages messages, Redactor redactor, Collection<Subject> subjects, Set<String> ours)
      throws InterruptedException {
    List<Watched> watched = new ArrayList<>();
    for (Subject subject : subjects) {
      for (Publishing publishing : subject.messaging().publishes()) {
        if (!ours.contains(publishing.topic())) {
          watched.add(new Watched(subject.name(), publishing));
        }
      }
    }
    if (watched.isEmpty()) {
      return null;
    }
    LanePublished begun = new LanePublished(messages, redactor, watched);
    begun.mark();
    return begun;
  }

  private void mark() throws InterruptedException {
    Map<MessageBroker, Set<String>> topics = new LinkedHashMap<>();
    for (Watched one : watched) {
      String unreadable = MessagePromises.unreadable(one.publishing());
      if (unreadable != null) {
        problem = unreadable;
        return;
      }
      MessageBroker broker = messages.broker(one.publishing().broker());
      if (broker == null) {
        problem = "the broker '" + one.publishing().broker() + "' is not open here";
        return;
      }
      topics
          .computeIfAbsent(broker, key -> new TreeSet<>())
          .add(messages.named(broker, one.publishing().topic()));
    }
    try {
      for (Map.Entry<MessageBroker, Set<String>> one : topics.entrySet()) {
        marks.put(one.getKey(), one.getKey().mark(one.getValue()));
      }
    } catch (BrokerFailure gone) {
      problem = gone.text();
    }
  }

  /**
   * Waits until nothing more comes, and holds it to its contract.
   *
   * @param calm what came in calm of this column; null when that is not known yet
   */
  PublishedRecord end(@Nullable PublishedRecord calm) throws InterruptedException {
    if (problem != null) {
      return PublishedRecord.unknown(redactor.text("what was published is not judged: " + problem));
    }
    Map<String, List<Message>> topics = new TreeMap<>();
    watched.forEach(one -> topics.put(one.edge(), new ArrayList<>()));
    try {
      for (Map.Entry<MessageBroker, Mark> one : marks.entrySet()) {
        Captured captured = one.getKey().capture(one.getValue(), patience(one.getKey(), calm));
        for (Watched by : watched) {
          if (messages.broker(by.publishing().broker()) == one.getKey()) {
            take(by, messages.named(one.getKey(), by.publishing().topic()), captured, topics);
          }
        }
      }
    } catch (BrokerFailure gone) {
      return PublishedRecord.unknown(
          redactor.text("what was published cannot be captured: " + gone.text()));
    }
    PublishedRecord seen = new PublishedRecord(topics, null);
    return calm == null ? seen : seen.against(calm);
  }

  private Patience patience(MessageBroker broker, @Nullable PublishedRecord calm) {
    Duration quiet = Duration.ZERO;
    Duration within = Duration.ZERO;
    Map<String, Integer> expected = new TreeMap<>();
    for (Watched one : watched) {
      Publishing publishing = one.publishing();
      quiet = longer(quiet, publishing.quiet());
      within = longer(within, publishing.within());
      int count = calm == null ? 0 : calm.topics().getOrDefault(one.edge(), List.of()).size();
      expected.merge(messages.named(broker, publishing.topic()), count, Math::max);
    }
    Duration first = quiet.multipliedBy(FIRST);
    if (calm == null) {
      quiet = first.compareTo(within) < 0 ? first : longer(quiet, within);
    }
    return new Patience(quiet, within, expected);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private void take(
      Watched by, String topic, Captured captured, Map<String, List<Message>> topics) {
    Publishing publishing = by.publishing();
    boolean outside = publishing.transactional() && captured.outsideTransactions().contains(topic);
    List<Message> into = topics.computeIfAbsent(by.edge(), edge -> new ArrayList<>());
    for (Parcel parcel : captured.messages()) {
      if (parcel.topic().equals(topic)) {
        into.add(message(publishing, parcel, outside));
      }
    }
  }

  private Message message(Publishing publishing, Parcel parcel, boolean outside) {
    MessagePromises.Held held = MessagePromises.check(publishing, parcel);
    List<Mismatch> mismatches = new ArrayList<>(held.mismatches());
    if (outside) {
      mismatches.add(
          new Mismatch("transaction", "published in a transaction", "published outside of one"));
    }
    Map<String, String> fields = new TreeMap<>();
    Payload body = parcel.body();
    if (body != null) {
      HttpReply as = new HttpReply(200, Headers.of("content-type", "application/json"), body);
      StateFields.of(as, redactor)
          .forEach(
              (pointer, value) -> {
                if (!held.unpromised(pointer)) {
                  fields.put(pointer, value);
                }
              });
    }
    String key = parcel.key();
    String id = id(publishing, parcel);
    return new Message(
        held.kind(),
        held.added(),
        key == null ? null : redactor.text(key),
        id == null ? null : Fingerprints.of(id),
        fields,
        redactor.mismatches(mismatches),
        List.of());
  }

  /** What consumers know a message by; null when they take it as often as it comes. */
  private static @Nullable String id(Publishing publishing, Parcel parcel) {
    String by = publishing.idempotentBy();
    if (by == null) {
      return null;
    }
    if (!by.startsWith("/")) {
      return parcel.headers().get(by);
    }
    Payload body = parcel.body();
    return body == null
        ? null
        : body.json()
            .map(json -> json.at(by))
            .filter(value -> !value.isMissingNode())
            .map(value -> value.isValueNode() ? value.asText() : value.toString())
            .orElse(null);
  }
}
