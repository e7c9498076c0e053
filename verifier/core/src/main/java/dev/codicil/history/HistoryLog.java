package dev.codicil.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The append-only file of a run: one line an event, {@code {"n":NUMBER,"crc":"HEX","data":{...}}},
 * where the checksum is the CRC-32 of the bytes of {@code data}. A run may be killed at any byte: a
 * torn last line is dropped when the file is read or continued; a damaged line before it is an
 * error, for a history with a hole proves nothing.
 */
public final class HistoryLog implements AutoCloseable {
  /** Version of the history format. */
  public static final int SCHEMA = 1;

  /** Name of the file inside a history folder. */
  public static final String FILE = "history.ndjson";

  private static final byte[] END = {'}', '\n'};

  private final FileChannel channel;
  private int next;

  private HistoryLog(FileChannel channel, int next) {
    this.channel = channel;
    this.next = next;
  }

  /**
   * Starts a new history, replacing what is there.
   *
   * @throws UncheckedIOException when the file cannot be written
   */
  public static HistoryLog create(Path file) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return new HistoryLog(
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE),
          0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Goes on with a history, dropping a torn last line.
   *
   * @throws InputException when it is damaged
   */
  public static HistoryLog resume(Path file) {
    Content content = parse(file);
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      channel.truncate(content.goodBytes);
      channel.position(content.goodBytes);
      return new HistoryLog(channel, content.events.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether there is anything to go on with: a run that is killed while it writes its first line
   * leaves a file without a whole one.
   */
  public static boolean isBegun(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      int one = bytes.read();
      while (one >= 0 && one != '\n') {
        one = bytes.read();
      }
      return one == '\n';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends one event; it is in the file (not only in memory) when this returns. */
  public synchronized void append(Event event) {
    try {
      byte[] data = Json.mapper().writeValueAsBytes(event);
      byte[] head = prefix(next, crc(data)).getBytes(StandardCharsets.UTF_8);
      ByteBuffer bytes = ByteBuffer.allocate(head.length + data.length + END.length);
      bytes.put(head).put(data).put(END).flip();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      next++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All whole events of a history, in order.
   *
   * @param file the file, or the folder that holds it
   * @throws InputException when there is none, or a line before the last is damaged
   */
  public static List<Event> read(Path file) {
    return parse(file).events;
  }

  private record Content(List<Event> events, long goodBytes) {}

  private static Content parse(Path given) {
    Path file = Files.isDirectory(given) ? given.resolve(FILE) : given;
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException(
          Location.of(given.toString()),
          "no readable history here",
          "name a history folder or a " + FILE + " that a run has written");
    }
    List<Event> events = new ArrayList<>();
    int start = 0;
    int line = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      line++;
      String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
      boolean whole = end < bytes.length;
      Event event = whole ? decode(text, events.size()) : null;
      if (event == null) {
        if (isLast(bytes, end)) {
          break;
        }
        throw new InputException(
            new Location(file.toString(), line, 1, ""),
            "the history is damaged at this line: number or checksum is wrong",
            "run again; a history with a hole proves nothing");
      }
      events.add(event);
      start = end + 1;
    }
    if (events.isEmpty() || !(events.get(0) instanceof Event.Planned)) {
      throw new InputException(
          Location.of(file.toString()),
          "not a history: its first line is not a plan",
          "name a " + FILE + " that a run has written");
    }
    return new Content(events, start);
  }

  private static boolean isLast(byte[] bytes, int lineEnd) {
    return lineEnd >= bytes.length - 1;
  }

  private static @Nullable Event decode(String line, int number) {
    int head = line.indexOf("\"data\":");
    if (head < 0 || !line.endsWith("}")) {
      return null;
    }
    String data = line.substring(head + 7, line.length() - 1);
    if (!line.startsWith(prefix(number, crc(data.getBytes(StandardCharsets.UTF_8))))) {
      return null;
    }
    try {
      return Json.mapper().readValue(data, Event.class);
    } catch (JsonProcessingException unreadable) {
      return null;
    }
  }

  private static String prefix(int number, String crc) {
    return "{\"n\":" + number + ",\"crc\":\"" + crc + "\",\"data\":";
  }

  private static String crc(byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(data);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
