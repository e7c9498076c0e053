package dev.codicil.chaos;

/**
 * Which of the exchanges that match are struck, by their number. Exchanges of an edge are numbered
 * within a cell, in the order in which the heads of their requests came, from 1; what {@link
 * Match#field} says of bodies plays no part in the number, because bodies come later and in any
 * order.
 *
 * @param from first number that is struck, from 1
 * @param to last number that is struck; {@link #OPEN} for no end
 * @param every only numbers that this divides; 1 for all
 */
public record When(int from, int to, int every) {
  /** No end. */
  public static final int OPEN = Integer.MAX_VALUE;

  /** All exchanges. */
  public static final When ALWAYS = new When(1, OPEN, 1);

  public When {
    if (from < 1 || to < from || every < 1) {
      throw new IllegalArgumentException("no such exchanges: " + from + " to " + to + "/" + every);
    }
  }

  /** Whether the exchange of this number is struck. */
  public boolean strikes(int number) {
    return number >= from && number <= to && number % every == 0;
  }

  /** The first of these numbers alone. */
  public When once() {
    long first = ((long) from + every - 1) / every * every;
    return first <= to && first < OPEN ? new When((int) first, (int) first, 1) : this;
  }

  /** {@code exchange 2}, {@code exchanges 1 to 3}, {@code every 2nd exchange}; empty for all. */
  public String label() {
    StringBuilder text = new StringBuilder();
    if (from == to) {
      text.append("exchange ").append(from);
    } else if (to != OPEN) {
      text.append("exchanges ").append(from).append(" to ").append(to);
    } else if (from > 1) {
      text.append("exchanges from ").append(from);
    }
    if (every > 1) {
      text.append(text.isEmpty() ? "" : ", ").append("every ").append(ordinal(every));
      text.append(text.indexOf(",") < 0 ? " exchange" : "");
    }
    return text.toString();
  }

  private static String ordinal(int number) {
    int rest = number % 100;
    String ending =
        rest >= 11 && rest <= 13
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + ending;
  }
}
