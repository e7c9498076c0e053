package dev.codicil.storm.containers;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** What a container prints, as the stream of a process is read. */
final class LogStream extends InputStream {
  private static final byte[] END = {};
  private static final int FRAMES = 1024;

  private final BlockingQueue<byte[]> frames = new ArrayBlockingQueue<>(FRAMES);
  private byte[] current = {};
  private int at;
  private boolean over;

  /** Takes what the engine sends. */
  ResultCallback.Adapter<Frame> taking() {
    return new ResultCallback.Adapter<>() {
      @Override
      public void onNext(Frame frame) {
        byte[] payload = frame.getPayload();
        if (payload != null && payload.length > 0) {
          put(payload);
        }
      }

      @Override
      public void onComplete() {
        put(END);
        super.onComplete();
      }

      @Override
      public void onError(Throwable broken) {
        put(END); // the container is gone, or the engine: that is told elsewhere
      }
    };
  }

  private void put(byte[] bytes) {
    try {
      frames.put(bytes);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (at == current.length && !next()) {
      return -1;
    }
    int count = Math.min(length, current.length - at);
    System.arraycopy(current, at, into, offset, count);
    at += count;
    return count;
  }

  /** Only what is there without waiting: a reader shall see a line when it was printed. */
  @Override
  public int available() {
    return current.length - at;
  }

  private boolean next() {
    try {
      byte[] frame = over ? END : frames.take();
      over = Arrays.equals(frame, END);
      current = frame;
      at = 0;
      return !over;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
