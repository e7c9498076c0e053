package dev.codicil.samples.authority.license;

import dev.codicil.samples.authority.web.Problem;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Licenses that were answered and are not written yet: they are when this node is asked for one, or
 * after a while. Nobody else knows them, and they are gone when this node is.
 */
@Component
public class LateWrites implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(LateWrites.class);
  private static final long DELAY_SECONDS = 3;

  private final LicenseJson json;
  private final Map<String, Pending> byKey = new ConcurrentHashMap<>();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "late-writes");
            thread.setDaemon(true);
            return thread;
          });

  private record Pending(String fingerprint, License license, Runnable write) {}

  LateWrites(LicenseJson json) {
    this.json = json;
  }

  /**
   * Answers now, and writes a moment later.
   *
   * @throws Problem when the key was used for another request
   */
  String issue(String key, String fingerprint, License license, Runnable write) {
    Pending earlier = byKey.putIfAbsent(key, new Pending(fingerprint, license, write));
    if (earlier == null) {
      writer.schedule(this::writeAll, DELAY_SECONDS, TimeUnit.SECONDS);
      return json.license(license);
    }
    if (!earlier.fingerprint().equals(fingerprint)) {
      throw Problem.conflict("Idempotency-Key was used for another request");
    }
    return json.license(earlier.license());
  }

  private void writeAll() {
    byKey.forEach(
        (key, pending) -> {
          try {
            pending.write().run();
          } catch (RuntimeException e) {
            log.error("a license was issued and could not be written", e);
          } finally {
            byKey.remove(key);
          }
        });
  }

  /** Writes what is left: before this node is asked for what it has issued. */
  public void flush() {
    if (!byKey.isEmpty()) {
      onWriter(this::writeAll);
    }
  }

  /** Forgets what is not written yet. */
  public void forget() {
    onWriter(byKey::clear);
  }

  private void onWriter(Runnable work) {
    try {
      writer.submit(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Writes what is left before the database goes. */
  @Override
  public void destroy() {
    flush();
    writer.shutdownNow();
  }
}
