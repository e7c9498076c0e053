package dev.codicil.history;

import dev.codicil.contract.Mismatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What subjects published in one cell, as a reader of committed messages sees it.
 *
 * @param topics what came on each topic that was watched, by id of the edge; nothing came where the
 *     list is empty
 * @param problem why nothing can be said about it; null when something can
 */
public record PublishedRecord(Map<String, List<Message>> topics, @Nullable String problem) {
  /** Stands for a value that differs from run to run of the base itself. */
  public static final String NOISE = "~";

  public PublishedRecord {
    Map<String, List<Message>> copy = new TreeMap<>();
    topics.forEach((edge, messages) -> copy.put(edge, List.copyOf(messages)));
    topics = Collections.unmodifiableMap(copy);
  }

  /** What is known when the broker could not be asked. */
  public static PublishedRecord unknown(String problem) {
    return new PublishedRecord(Map.of(), problem);
  }

  /**
   * The same, with what each message says otherwise than its twin in calm of the same column:
   * values that an amendment changes on purpose differ from the base's, and not from those.
   */
  public PublishedRecord against(PublishedRecord calm) {
    Map<String, List<Message>> compared = new TreeMap<>();
    topics.forEach(
        (edge, messages) -> {
          List<Message> twins = calm.topics().getOrDefault(edge, List.of());
          List<Message> own = new ArrayList<>();
          for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            own.add(twins.size() == messages.size() ? message.comparedWith(twins.get(i)) : message);
          }
          compared.put(edge, own);
        });
    return new PublishedRecord(compared, problem);
  }

  /**
   * A message.
   *
   * @param kind what the contract calls it; empty when none describes it
   * @param added whether only the amended contract knows such messages
   * @param key null for none
   * @param id by which consumers know a message that comes twice; null when they do not
   * @param fields values by JSON pointer, redacted
   * @param mismatches with its contract, redacted
   * @param changed pointers whose value is another than in calm of the same column
   */
  public record Message(
      String kind,
      boolean added,
      @Nullable String key,
      @Nullable String id,
      Map<String, String> fields,
      List<Mismatch> mismatches,
      List<String> changed) {
    public Message {
      fields = Collections.unmodifiableMap(new TreeMap<>(fields));
      mismatches = List.copyOf(mismatches);
      changed = List.copyOf(changed);
    }

    Message comparedWith(Message calm) {
      List<String> other =
          calm.fields().entrySet().stream()
              .filter(
                  field ->
                      fields.containsKey(field.getKey())
                          && !field.getValue().equals(fields.get(field.getKey())))
              .map(Map.Entry::getKey)
              .toList();
      return new Message(kind, added, key, id, fields, mismatches, other);
    }

    /** The same message, measured by these fields. */
    public Message withFields(Map<String, String> other) {
      return new Message(kind, added, key, id, other, mismatches, changed);
    }
  }
}
