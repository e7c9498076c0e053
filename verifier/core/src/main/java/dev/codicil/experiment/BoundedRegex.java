package dev.codicil.experiment;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions from documents, which may be hostile: matching ends after a number of looks
 * at the text, so that the same input gives the same answer on every machine.
 */
final class BoundedRegex {
  private static final int MOST_LOOKS = 200_000;
  private static final int LONGEST_PATTERN = 2_000;
  private static final int LONGEST_TEXT = 5_000;

  private BoundedRegex() {}

  /** Whether a part of {@code text} matches; empty when that cannot be said within bounds. */
  static Optional<Boolean> find(String pattern, String text) {
    if (pattern.length() > LONGEST_PATTERN || text.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pattern.compile(pattern).matcher(new Counted(text)).find());
    } catch (PatternSyntaxException | TooManyLooks unsaid) {
      return Optional.empty();
    } catch (StackOverflowError tooDeep) {
      // java.util.regex recurses over groups; there is no other way to ask it for less.
      return Optional.empty();
    }
  }

  private static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyLooks() {
      super(null, null, false, false);
    }
  }

  private static final class Counted implements CharSequence {
    private final String text;
    private int looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++looks > MOST_LOOKS) {
        throw new TooManyLooks();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
