package dev.codicil.cli;

import dev.codicil.history.CellRecord;
import dev.codicil.storm.run.RunListener;
import java.io.PrintWriter;

/**
 * Live progress on standard error: one line that is rewritten on a terminal, a line a phase
 * elsewhere.
 */
final class Progress implements RunListener {
  private static final int STEP = 25;

  private final PrintWriter err;
  private final boolean live;
  private String phase = "";
  private int lastShare = -1;

  Progress(PrintWriter err, boolean live) {
    this.err = err;
    this.live = live;
  }

  @Override
  public synchronized void phase(String what) {
    phase = what;
    lastShare = -1;
    if (live) {
      show(what);
    } else {
      err.println("codicil: " + what);
    }
  }

  @Override
  public synchronized void cellDone(int done, int total, CellRecord record) {
    if (live) {
      int filled = total == 0 ? 0 : done * 30 / total;
      show(
          "["
              + "#".repeat(filled)
              + ".".repeat(30 - filled)
              + "] "
              + done
              + "/"
              + total
              + " cells  "
              + phase);
    } else {
      int share = total == 0 ? 100 : done * 100 / total / STEP * STEP;
      if (share > lastShare && share > 0) {
        lastShare = share;
        err.println("codicil: " + done + " of " + total + " cells");
      }
    }
  }

  /** Wipes the live line, so that what follows starts clean. */
  synchronized void done() {
    if (live) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  private void show(String text) {
    String line = text.length() > 96 ? text.substring(0, 95) + "…" : text;
    err.print("\r\u001b[K" + line);
    err.flush();
  }
}
