package dev.codicil.experiment;

import dev.codicil.chaos.Parcel;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one stimulus: what their producers send before the amendment, and what they send
 * after it.
 *
 * @param lines in the order in which they are published
 */
public record MessageScript(List<Line> lines) {
  public MessageScript {
    lines = List.copyOf(lines);
  }

  /**
   * One message, on both sides of its contract.
   *
   * @param producer who sends it, whose side decides; empty when no contract says
   * @param before what it is in the base; null when the base knows no such message
   * @param after what it is in the head; null when the head knows it no more
   */
  public record Line(String producer, @Nullable Parcel before, @Nullable Parcel after) {
    /** Whether the amendment changes it. */
    public boolean amended() {
      return !Objects.equals(before, after);
    }
  }

  /** What is published in a column, in order. */
  public List<Parcel> in(Column column) {
    List<Parcel> parcels = new ArrayList<>();
    for (Line line : lines) {
      boolean head = column.side(line.producer()).equals(Column.HEAD);
      Parcel parcel = head ? line.after() : line.before();
      if (parcel != null) {
        Payload old = head && line.amended() && line.before() != null ? line.before().body() : null;
        parcels.add(parcel.withOld(old));
      }
    }
    return parcels;
  }

  /** Whether the amendment changes any of them. */
  public boolean amended() {
    return lines.stream().anyMatch(Line::amended);
  }

  /** The topics, in order of their first message. */
  public Set<String> topics() {
    Set<String> topics = new LinkedHashSet<>();
    for (Line line : lines) {
      Parcel known = line.before() == null ? line.after() : line.before();
      if (known != null) {
        topics.add(known.topic());
      }
    }
    return topics;
  }

  /** Names of who sends something here. */
  public Set<String> producers() {
    Set<String> producers = new LinkedHashSet<>();
    lines.forEach(line -> producers.add(line.producer()));
    producers.remove("");
    return producers;
  }
}
