package dev.codicil.storm.run;

import dev.codicil.history.CellRecord;

/** Follows a run as it goes; called from several threads. */
public interface RunListener {
  /** Follows nothing. */
  RunListener SILENT =
      new RunListener() {
        @Override
        public void phase(String what) {}

        @Override
        public void cellDone(int done, int total, CellRecord record) {}
      };

  /** What begins now, for people. */
  void phase(String what);

  /**
   * A cell was run for the first time.
   *
   * @param done cells that are settled, run and skipped ones alike
   * @param total cells that were planned
   * @param record what was observed
   */
  void cellDone(int done, int total, CellRecord record);
}
