package dev.codicil.contract;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the known name that somebody probably meant. */
public final class Nearest {
  private static final int MAX_LENGTH = 40;

  private Nearest() {}

  /** The known name nearest to {@code written}; empty when none is near. */
  public static Optional<String> to(String written, Collection<String> known) {
    if (written.isEmpty() || written.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String plain = plain(written);
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String name : known) {
      int distance = distance(plain, plain(name));
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    if (bestDistance <= Math.max(1, plain.length() / 3)) {
      return Optional.of(best);
    }
    return known.stream()
        .filter(name -> name.length() > 3 && (plain.contains(name) || name.contains(plain)))
        .filter(name -> plain.length() > 3)
        .findFirst();
  }

  /**
   * The known names that may have been meant, best first: the nearest one, then those that share
   * the most words with what was written.
   *
   * @param most how many at most
   */
  public static List<String> among(String written, Collection<String> known, int most) {
    Set<String> names = new LinkedHashSet<>();
    to(written, known).ifPresent(names::add);
    Set<String> words = words(written);
    known.stream()
        .filter(name -> shared(words, name) > 0)
        .sorted(Comparator.comparingInt((String name) -> -shared(words, name)))
        .forEach(names::add);
    return names.stream().limit(most).toList();
  }

  private static int shared(Set<String> words, String name) {
    return (int) words(name).stream().filter(words::contains).count();
  }

  private static Set<String> words(String name) {
    Set<String> words = new LinkedHashSet<>(List.of(plain(name).split("-", 10)));
    words.removeIf(word -> word.length() < 3);
    return words;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }

  /** Edits between two texts: insert, delete, replace, or swap of neighbors. */
  private static int distance(String left, String right) {
    int[][] edits = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replace = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        edits[i][j] =
            Math.min(edits[i - 1][j - 1] + replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[left.length()][right.length()];
  }
}
