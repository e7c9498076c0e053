package dev.codicil.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A set of characters, as a regular expression describes it. */
final class CharacterSet {
  private static final int[] PLAIN =
      IntStream.concat(
              IntStream.concat(IntStream.rangeClosed('a', 'z'), IntStream.rangeClosed('0', '9')),
              IntStream.rangeClosed('A', 'Z'))
          .toArray();

  private final List<int[]> ranges = new ArrayList<>();
  private final List<CharacterSet> nested = new ArrayList<>();
  private boolean negated;

  static CharacterSet of(int point) {
    return new CharacterSet().add(point, point);
  }

  static CharacterSet word() {
    return new CharacterSet().add('a', 'z').add('0', '9').add('A', 'Z').add('_', '_');
  }

  CharacterSet add(int low, int high) {
    ranges.add(new int[] {low, high});
    return this;
  }

  void addAll(CharacterSet other) {
    nested.add(other);
  }

  CharacterSet negated() {
    negated = true;
    return this;
  }

  boolean single() {
    return !negated
        && nested.isEmpty()
        && ranges.size() == 1
        && ranges.get(0)[0] == ranges.get(0)[1];
  }

  int lowest() {
    return ranges.get(0)[0];
  }

  boolean contains(int point) {
    boolean inside =
        ranges.stream().anyMatch(range -> range[0] <= point && point <= range[1])
            || nested.stream().anyMatch(set -> set.contains(point));
    return inside != negated;
  }

  /** One member, a plain character when there is one; empty when nothing printable is in it. */
  Optional<String> draw(SplittableRandom random) {
    int[] members = IntStream.of(PLAIN).filter(this::contains).toArray();
    if (members.length == 0) {
      members = IntStream.rangeClosed(' ', '~').filter(this::contains).toArray();
    }
    if (members.length > 0) {
      return Optional.of(Character.toString(members[random.nextInt(members.length)]));
    }
    return !negated && !ranges.isEmpty() && Character.isValidCodePoint(lowest())
        ? Optional.of(Character.toString(lowest()))
        : Optional.empty();
  }
}
