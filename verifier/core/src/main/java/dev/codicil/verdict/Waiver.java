package dev.codicil.verdict;

import dev.codicil.contract.Location;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's word that a finding need not gate for a while.
 *
 * @param fingerprint of the finding, see {@link Gating#fingerprint()}
 * @param finding what it is about, for people; decides nothing
 * @param amendment the only amendment it holds for; null for all
 * @param consumers whom the finding may hit; it does not hold once another one is hit
 * @param reason why it need not gate
 * @param owner who answers for it
 * @param expires the last day on which it holds
 * @param location where it is written
 */
public record Waiver(
    String fingerprint,
    String finding,
    @Nullable String amendment,
    Set<String> consumers,
    String reason,
    String owner,
    LocalDate expires,
    Location location) {
  public Waiver {
    consumers = Set.copyOf(consumers);
    for (String needed : List.of(fingerprint, reason, owner)) {
      if (needed.isBlank()) {
        throw new IllegalArgumentException("a waiver has a fingerprint, a reason and an owner");
      }
    }
    if (consumers.isEmpty()) {
      throw new IllegalArgumentException("a waiver names the consumers it is about");
    }
  }

  /**
   * A day as it is written in files, {@code YYYY-MM-DD}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException noDay) {
      throw new IllegalArgumentException("expected a day as YYYY-MM-DD, found '" + text + "'");
    }
  }

  /** The last day on which it holds, {@code YYYY-MM-DD}. */
  public String lastDay() {
    return expires.toString();
  }

  /** Whether its last day is over. */
  public boolean expired(LocalDate today) {
    return today.isAfter(expires);
  }

  /** Days until its last day; 0 on that day, negative when it is over. */
  public long daysLeft(LocalDate today) {
    return ChronoUnit.DAYS.between(today, expires);
  }

  /** Whether it is about findings of an amendment. */
  public boolean holdsFor(String name) {
    return amendment == null || amendment.equals(name);
  }

  /** Those that are hit and that it does not name, in alphabetical order. */
  public Set<String> unnamed(Set<String> hit) {
    Set<String> others = new TreeSet<>(hit);
    others.removeAll(consumers);
    return others;
  }
}
