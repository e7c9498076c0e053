package dev.codicil.junit.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends in a failure and not in an end. */
final class BreakingOff extends FilterInputStream {
  private final IOException failure;

  BreakingOff(InputStream came, IOException failure) {
    super(came);
    this.failure = failure;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one < 0) {
      throw failure;
    }
    return one;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    int count = super.read(into, from, most);
    if (count < 0 && most > 0) {
      throw failure;
    }
    return count;
  }
}
