package dev.codicil.formats.jsonschema;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A regular expression that gives up after a number of steps instead of backtracking without end.
 * Steps are counted, not timed, so that the same text always has the same result.
 */
final class BoundedPattern implements RegularExpression {
  /** Characters that may be looked at for one match: well under a second. */
  static final int MAX_STEPS = 5_000_000;

  private final Pattern pattern;

  BoundedPattern(String expression) {
    this.pattern = Pattern.compile(expression);
  }

  /**
   * {@inheritDoc}
   *
   * @throws GaveUp when no answer was found within the bound
   */
  @Override
  public boolean matches(String value) {
    try {
      return pattern.matcher(new Counted(value, new int[1], 0, value.length())).find();
    } catch (StackOverflowError tooDeep) {
      throw new GaveUp(pattern.pattern());
    }
  }

  /** A match that was abandoned. */
  static final class GaveUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GaveUp(String pattern) {
      super("the pattern " + Documents.quoted(pattern) + " takes too long", null, false, false);
    }
  }

  private final class Counted implements CharSequence {
    private final String text;
    private final int[] steps;
    private final int start;
    private final int end;

    Counted(String text, int[] steps, int start, int end) {
      this.text = text;
      this.steps = steps;
      this.start = start;
      this.end = end;
    }

    @Override
    public char charAt(int index) {
      if (++steps[0] > MAX_STEPS) {
        throw new GaveUp(pattern.pattern());
      }
      return text.charAt(start + index);
    }

    @Override
    public int length() {
      return end - start;
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Counted(text, steps, start + from, start + to);
    }

    @Override
    public String toString() {
      return text.substring(start, end);
    }
  }
}
