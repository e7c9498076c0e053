package dev.codicil.junit;

import dev.codicil.engine.StageContracts;
import dev.codicil.engine.Verification;
import dev.codicil.storm.proxy.StormLoop;
import dev.codicil.storm.run.RunListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** What all tests of a launch share: to read contracts takes longer than to test. */
@SuppressWarnings("deprecation") // what newer JUnits close by AutoCloseable, 5.12 closes by this
final class Shared implements AutoCloseable, Store.CloseableResource {
  private static final Namespace NAMESPACE = Namespace.create(Shared.class);

  private final StormLoop loop = StormLoop.open();
  private final Map<List<String>, StageContracts> read = new ConcurrentHashMap<>();

  /** That of the launch. */
  static Shared of(ExtensionContext context) {
    return Objects.requireNonNull(
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Shared.class, key -> new Shared(), Shared.class));
  }

  StormLoop loop() {
    return loop;
  }

  StageContracts contracts(Path root, String amendment, String base) {
    return read.computeIfAbsent(
        List.of(root.toString(), amendment, base),
        key -> StageContracts.of(Verification.of(root, RunListener.SILENT), amendment, base));
  }

  @Override
  public void close() {
    loop.close();
  }
}
