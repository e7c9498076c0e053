package dev.codicil.engine.config;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.SourceDocument;
import dev.codicil.verdict.Figures;
import dev.codicil.verdict.Impact;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Measured traffic: a CSV file (RFC 4180, without line breaks inside of fields) whose columns are
 * {@code operation,count,seconds}.
 */
final class Traffic {
  private static final long MOST_BYTES = 1_000_000;
  private static final int MOST_ROWS = 10_000;
  private static final List<String> COLUMNS = List.of("operation", "count", "seconds");
  private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,12}(?:\\.\\d{1,9})?");
  private static final BigDecimal HOUR = BigDecimal.valueOf(3600);

  private final String file;
  private final Map<String, BigDecimal> perHour = new LinkedHashMap<>();

  private Traffic(String file) {
    this.file = file;
  }

  /**
   * Reads a file of the project.
   *
   * @param document where it is named
   * @param pointer where in the document
   * @param root folder of the project
   * @param named as it is named
   * @throws InputException when it is missing, out of the project, too large, or at the line that
   *     is no row
   */
  static Traffic read(SourceDocument document, String pointer, Path root, String named) {
    String relative = ConfigDocument.inside(document, pointer, "", named);
    Location at = document.locate(pointer);
    Path path = root.resolve(relative);
    try {
      if (!Files.isRegularFile(path)) {
        throw new InputException(
            at, "there is no file '" + named + "'", "name one, relative to " + Project.FILE);
      }
      if (!path.toRealPath().startsWith(root.toRealPath())) {
        throw new InputException(
            at,
            "the path '" + named + "' leads out of the project by a link",
            "give a file inside the folder of " + Project.FILE);
      }
      if (Files.size(path) > MOST_BYTES) {
        throw new InputException(
            at,
            named + " has " + Files.size(path) + " bytes, and at most " + MOST_BYTES + " are read",
            "sum its rows by operation");
      }
      Traffic traffic = new Traffic(relative);
      traffic.rows(decode(Files.readAllBytes(path), relative));
      return traffic;
    } catch (IOException e) {
      throw new InputException(at, named + " cannot be read: " + e, "check its permissions");
    }
  }

  private static String decode(byte[] bytes, String file) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InputException(Location.of(file), "this is not UTF-8", "save it as UTF-8");
    }
  }

  private void rows(String text) {
    String[] lines = text.split("\r\n|\n|\r", -1);
    List<String> head = fields(lines[0], 1);
    if (!new HashSet<>(head).equals(new HashSet<>(COLUMNS)) || head.size() != COLUMNS.size()) {
      throw wrong(1, "the columns are not operation, count and seconds");
    }
    for (int i = 1; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        row(fields(lines[i], i + 1), head, i + 1);
      }
    }
  }

  private void row(List<String> fields, List<String> head, int line) {
    if (fields.size() != head.size()) {
      throw wrong(line, "expected " + head.size() + " fields, found " + fields.size());
    }
    String operation = fields.get(head.indexOf("operation"));
    String count = fields.get(head.indexOf("count"));
    String seconds = fields.get(head.indexOf("seconds"));
    if (operation.isBlank()) {
      throw wrong(line, "the operation is blank");
    }
    if (!COUNT.matcher(count).matches()) {
      throw wrong(line, "the count '" + brief(count) + "' is no whole number from zero");
    }
    if (!SECONDS.matcher(seconds).matches() || new BigDecimal(seconds).signum() == 0) {
      throw wrong(line, "'" + brief(seconds) + "' are no seconds above zero");
    }
    BigDecimal rate =
        new BigDecimal(count)
            .multiply(HOUR)
            .divide(new BigDecimal(seconds), MathContext.DECIMAL128);
    if (rate.compareTo(Impact.MOST) > 0) {
      throw wrong(line, "more than 10^15 an hour cannot be meant");
    }
    if (perHour.size() == MOST_ROWS) {
      throw wrong(line, "there are more than " + MOST_ROWS + " rows");
    }
    if (perHour.put(operation, rate) != null) {
      throw wrong(line, "'" + brief(operation) + "' is named twice");
    }
  }

  private List<String> fields(String line, int number) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    boolean closed = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
          field.append(c);
          i++;
        } else {
          quoted = false;
          closed = true;
        }
      } else if (c == ',') {
        fields.add(closed ? field.toString() : field.toString().strip());
        field.setLength(0);
        closed = false;
      } else if (c == '"' && field.length() == 0 && !closed) {
        quoted = true;
      } else if (c == '"' || closed) {
        throw wrong(number, "a quote stands inside of a field");
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw wrong(number, "a quote is not closed");
    }
    fields.add(closed ? field.toString() : field.toString().strip());
    return fields;
  }

  private static String brief(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  private InputException wrong(int line, String what) {
    return new InputException(
        new Location(file, line, 0, ""),
        what,
        "write operation,count,seconds and a row for each operation, such as POST"
            + " /orders,3200,3600");
  }

  /** The file, relative to the project. */
  String file() {
    return file;
  }

  /** Parts whose share stands for their volume an hour, each row in the first part it fits. */
  List<Impact.Part> measured(List<Impact.Part> parts) {
    List<BigDecimal> sums = new ArrayList<>();
    parts.forEach(part -> sums.add(BigDecimal.ZERO));
    perHour.forEach(
        (operation, rate) -> {
          int at = part(parts, operation);
          if (at >= 0) {
            sums.set(at, sums.get(at).add(rate));
          }
        });
    List<Impact.Part> measured = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      measured.add(new Impact.Part(parts.get(i).pattern(), sums.get(i)));
    }
    return measured;
  }

  private static int part(List<Impact.Part> parts, String operation) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).pattern().matches(operation, operation)) {
        return i;
      }
    }
    return -1;
  }

  /** What measured parts have together. */
  BigDecimal perHour(List<Impact.Part> measured) {
    return measured.stream().map(Impact.Part::share).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Measured parts as shares of the whole. */
  List<Impact.Part> shares(List<Impact.Part> measured, BigDecimal whole) {
    return measured.stream()
        .map(
            part ->
                new Impact.Part(part.pattern(), part.share().divide(whole, MathContext.DECIMAL128)))
        .toList();
  }

  /** How much of the file is none of these parts, as the end of a sentence; empty for nothing. */
  String leftOut(List<Impact.Part> parts) {
    Set<String> others = new HashSet<>(perHour.keySet());
    others.removeIf(operation -> part(parts, operation) >= 0);
    return others.isEmpty()
        ? ""
        : " ("
            + Figures.plain(BigDecimal.valueOf(others.size()))
            + " of its "
            + Figures.plain(BigDecimal.valueOf(perHour.size()))
            + " operations are none of this flow)";
  }

  /** Some operations that it has. */
  String some() {
    return perHour.isEmpty()
        ? "it has no rows"
        : String.join(", ", perHour.keySet().stream().limit(5).map(Traffic::brief).toList());
  }
}
