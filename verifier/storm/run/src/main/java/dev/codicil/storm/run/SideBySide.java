package dev.codicil.storm.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** One piece of work for each column, all at once. */
final class SideBySide {
  private SideBySide() {}

  /** What came of each; the first failure is thrown once all have ended. */
  static <T> Map<String, T> run(ExecutorService lanes, Map<String, Callable<T>> work)
      throws InterruptedException {
    List<Future<T>> futures = lanes.invokeAll(work.values());
    Map<String, T> results = new LinkedHashMap<>();
    int i = 0;
    for (String column : work.keySet()) {
      try {
        results.put(column, futures.get(i++).get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException("column " + column, e.getCause());
      }
    }
    return results;
  }
}
