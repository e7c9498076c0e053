package dev.codicil.storm.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Drains what a subject prints into a bounded, redacted file and keeps the last lines at hand. Goes
 * on draining when the file is full, so that a talkative subject never blocks.
 */
final class LogCapture {
  /** Most bytes a log file grows to. */
  private static final long FILE_LIMIT = 8L << 20;

  private static final int LINE_LIMIT = 2000;
  private static final int LAST_LINES = 40;

  private final ArrayDeque<String> last = new ArrayDeque<>();
  private final Redactor redactor;
  private final Thread thread;

  private LogCapture(InputStream output, OutputStream file, Redactor redactor, String name) {
    this.redactor = redactor;
    this.thread = new Thread(() -> drain(output, file), "log of " + name);
    thread.setDaemon(true);
  }

  /**
   * Starts draining.
   *
   * @param subject whose output it is
   * @throws UncheckedIOException when the file cannot be written
   */
  static LogCapture start(InputStream output, Path file, Redactor redactor, String subject) {
    try {
      CanaryWatch watch = redactor.watch();
      LogCapture capture =
          new LogCapture(
              watch == null ? output : watch.tapped(output, subject),
              Files.newOutputStream(file),
              redactor,
              String.valueOf(file.getFileName()));
      capture.thread.start();
      return capture;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts draining what is not worth a file: only the last lines are kept. */
  static LogCapture start(InputStream output, Redactor redactor, String name) {
    LogCapture capture = new LogCapture(output, OutputStream.nullOutputStream(), redactor, name);
    capture.thread.start();
    return capture;
  }

  /** The last lines, redacted, oldest first. */
  List<String> lastLines() {
    synchronized (last) {
      return List.copyOf(last);
    }
  }

  /** Waits until everything a process that has ended printed is there. */
  void await(Duration atMost) throws InterruptedException {
    thread.join(atMost.toMillis());
  }

  private void drain(InputStream output, OutputStream file) {
    long written = 0;
    try (Reader reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
        OutputStream sink = file) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          written = keep(line.toString(), sink, written);
          line.setLength(0);
        } else if (c != '\r' && line.length() < LINE_LIMIT) {
          line.append((char) c);
        }
      }
      if (!line.isEmpty()) {
        keep(line.toString(), sink, written);
      }
    } catch (IOException gone) {
      // The process was killed while it wrote; what came before is kept.
    }
  }

  private long keep(String raw, OutputStream sink, long written) throws IOException {
    String line = redactor.text(raw);
    synchronized (last) {
      last.addLast(line);
      if (last.size() > LAST_LINES) {
        last.removeFirst();
      }
    }
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    if (written > FILE_LIMIT) {
      return written;
    }
    if (written + bytes.length > FILE_LIMIT) {
      sink.write("[log cut here]\n".getBytes(StandardCharsets.UTF_8));
      return FILE_LIMIT + 1;
    }
    sink.write(bytes);
    sink.flush();
    return written + bytes.length;
  }
}
