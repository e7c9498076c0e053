package dev.codicil.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.codicil.contract.Json;
import dev.codicil.history.CellRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two messages line by line, and which lines the other one does not have. */
final class MessagePair {
  /** Longer messages are shown without comparison. */
  private static final int MOST_LINES = 400;

  private static final int MOST_CHARACTERS = 4000;
  private static final ObjectWriter PRETTY =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writerWithDefaultPrettyPrinter();

  private final List<String> before;
  private final List<String> after;
  private final BitSet onlyBefore = new BitSet();
  private final BitSet onlyAfter = new BitSet();

  MessagePair(CellRecord.@Nullable MessageSketch before, CellRecord.@Nullable MessageSketch after) {
    this.before = lines(before);
    this.after = lines(after);
    boolean both = before != null && after != null;
    if (both && this.before.size() <= MOST_LINES && this.after.size() <= MOST_LINES) {
      compare();
    }
  }

  /** Lines of one of them; empty when there is none. */
  List<String> lines(boolean ofBefore) {
    return ofBefore ? before : after;
  }

  /** Whether the other one does not have this line. */
  boolean differs(boolean ofBefore, int line) {
    return (ofBefore ? onlyBefore : onlyAfter).get(line);
  }

  private static List<String> lines(CellRecord.@Nullable MessageSketch message) {
    if (message == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(message.start());
    lines.addAll(message.headers());
    if (!message.body().isEmpty()) {
      lines.add("");
      String body = Escape.cut(pretty(message.body()), MOST_CHARACTERS);
      lines.addAll(body.lines().toList());
    }
    return lines;
  }

  /** Whole JSON over several lines; everything else, and what was cut, as it is. */
  private static String pretty(String body) {
    String start = body.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[") || body.length() > MOST_CHARACTERS) {
      return body;
    }
    try {
      return PRETTY.writeValueAsString(Json.mapper().readTree(body));
    } catch (JsonProcessingException notJson) {
      return body;
    }
  }

  /** Marks what is not in the longest common subsequence of lines. */
  private void compare() {
    int rows = before.size();
    int columns = after.size();
    short[][] common = new short[rows + 1][columns + 1];
    for (int row = rows - 1; row >= 0; row--) {
      for (int column = columns - 1; column >= 0; column--) {
        common[row][column] =
            same(row, column)
                ? (short) (common[row + 1][column + 1] + 1)
                : (short) Math.max(common[row + 1][column], common[row][column + 1]);
      }
    }
    int row = 0;
    int column = 0;
    while (row < rows || column < columns) {
      if (row < rows && column < columns && same(row, column)) {
        row++;
        column++;
      } else if (column >= columns
          || row < rows && common[row + 1][column] >= common[row][column + 1]) {
        onlyBefore.set(row++);
      } else {
        onlyAfter.set(column++);
      }
    }
  }

  /** Equal but for what differs each time; a comma more says only that something follows. */
  private boolean same(int row, int column) {
    String one = plain(before.get(row));
    String other = plain(after.get(column));
    return one.equals(other) || one.startsWith("date: ") && other.startsWith("date: ");
  }

  private static String plain(String line) {
    return line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
  }
}
