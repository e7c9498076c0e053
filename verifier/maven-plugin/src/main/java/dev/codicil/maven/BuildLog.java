package dev.codicil.maven;

import dev.codicil.history.CellRecord;
import dev.codicil.storm.run.RunListener;
import org.apache.maven.plugin.logging.Log;

/** Tells the build what a run is doing: phases, and not each of its cells. */
final class BuildLog implements RunListener {
  private final Log log;

  BuildLog(Log log) {
    this.log = log;
  }

  @Override
  public void phase(String what) {
    log.info(what);
  }

  @Override
  public void cellDone(int done, int total, CellRecord record) {
    log.debug(done + " of " + total + " cells: " + record.cell().label());
  }
}
