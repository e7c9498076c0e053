package dev.codicil.samples.authority.license;

import dev.codicil.samples.authority.web.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Licenses that were answered and are not written yet. This node knows them; nobody else does, and
 * they are gone when it is.
 */
@Component
public class LateWrites implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(LateWrites.class);
  private static final long DELAY_MILLIS = 60;

  private final LicenseJson json;
  private final Map<String, Pending> byKey = new ConcurrentHashMap<>();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "late-writes");
            thread.setDaemon(true);
            return thread;
          });

  private record Pending(String fingerprint, License license) {}

  LateWrites(LicenseJson json) {
    this.json = json;
  }

  /**
   * Answers now, and writes a moment later.
   *
   * @throws Problem when the key was used for another request
   */
  String issue(String key, String fingerprint, License license, Runnable write) {
    Pending earlier = byKey.putIfAbsent(key, new Pending(fingerprint, license));
    if (earlier == null) {
      writer.schedule(() -> written(key, write), DELAY_MILLIS, TimeUnit.MILLISECONDS);
      return json.license(license);
    }
    if (!earlier.fingerprint().equals(fingerprint)) {
      throw Problem.conflict("Idempotency-Key was used for another request");
    }
    return json.license(earlier.license());
  }

  private void written(String key, Runnable write) {
    if (!byKey.containsKey(key)) {
      return; // forgotten meanwhile
    }
    try {
      write.run();
    } catch (RuntimeException e) {
      log.error("a license was issued and could not be written", e);
    } finally {
      byKey.remove(key);
    }
  }

  /** A license that is not written yet. */
  Optional<License> find(String id) {
    return byKey.values().stream()
        .map(Pending::license)
        .filter(license -> license.id().equals(id))
        .findFirst();
  }

  /** Forgets what is not written yet. */
  public void forget() {
    try {
      writer.submit(byKey::clear).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Writes what is left before the database goes. */
  @Override
  public void destroy() throws InterruptedException {
    CountDownLatch last = new CountDownLatch(1);
    writer.schedule(last::countDown, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    writer.shutdown();
    if (!last.await(2, TimeUnit.SECONDS)) {
      log.error("{} issued licenses were not written", byKey.size());
    }
  }
}
