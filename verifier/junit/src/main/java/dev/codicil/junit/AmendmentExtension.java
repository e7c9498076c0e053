package dev.codicil.junit;

import dev.codicil.engine.ConsumerStage;
import dev.codicil.engine.StageContracts;
import dev.codicil.engine.Verification;
import dev.codicil.storm.proxy.StormLoop;
import dev.codicil.storm.run.RunListener;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns a method with {@link AmendmentTest} into its cells. */
final class AmendmentExtension implements TestTemplateInvocationContextProvider {
  /** System property: the id of the one storm to run. */
  static final String ONLY = "codicil.only";

  private static final Namespace NAMESPACE = Namespace.create(AmendmentExtension.class);

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getTestMethod(), AmendmentTest.class);
  }

  @Override
  @SuppressWarnings("deprecation") // the method in its place is not in 5.12
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    AmendmentTest declared =
        AnnotationSupport.findAnnotation(method, AmendmentTest.class).orElseThrow();
    Shared shared =
        Objects.requireNonNull(
            context
                .getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, key -> new Shared(), Shared.class));
    StageContracts contracts = shared.contracts(root(context), declared);
    ConsumerStage stage =
        ConsumerStage.open(
            shared.loop,
            contracts,
            new ConsumerStage.Request(
                declared.provider(),
                declared.consumer(),
                method.getDeclaringClass().getSimpleName() + "." + method.getName(),
                List.of(declared.chaos()),
                declared.seed()));
    contracts.unread().forEach(line -> context.publishReportEntry("codicil: not read", line));
    AmendmentRun run =
        new AmendmentRun(
            stage,
            contracts.changes(declared.provider()),
            contracts.amended(),
            declared,
            method,
            context.getConfigurationParameter(ONLY).orElse(""));
    return StreamSupport.stream(
            Spliterators.<TestTemplateInvocationContext>spliteratorUnknownSize(
                run, Spliterator.ORDERED),
            false)
        .onClose(stage::close);
  }

  private static Path root(ExtensionContext context) {
    return ProjectRoot.of(context.getConfigurationParameter(ProjectRoot.PROPERTY).orElse(""));
  }

  /** What all tests of a launch share: to read contracts takes longer than to test. */
  @SuppressWarnings("deprecation") // what newer JUnits close by AutoCloseable, 5.12 closes by this
  private static final class Shared implements AutoCloseable, Store.CloseableResource {
    private final StormLoop loop = StormLoop.open();
    private final Map<List<String>, StageContracts> read = new ConcurrentHashMap<>();

    StageContracts contracts(Path root, AmendmentTest declared) {
      return read.computeIfAbsent(
          List.of(root.toString(), declared.amendment(), declared.base()),
          key ->
              StageContracts.of(
                  Verification.of(root, RunListener.SILENT),
                  declared.amendment(),
                  declared.base()));
    }

    @Override
    public void close() {
      loop.close();
    }
  }
}
