package dev.codicil.junit;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Turns the template of a class with {@link ProviderReplay} into its cells. */
final class ReplayExtension implements TestTemplateInvocationContextProvider {
  private static final Namespace NAMESPACE = Namespace.create(ReplayExtension.class);

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return Arrays.asList(context.getRequiredTestMethod().getParameterTypes())
        .contains(Replay.class);
  }

  @Override
  @SuppressWarnings("deprecation") // the method in its place is not in 5.12
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Closing.class, key -> new Closing(), Closing.class);
    ReplayStages stages =
        ReplayStages.of(
            context.getRequiredTestClass(),
            parameter(context, ProjectRoot.PROPERTY),
            parameter(context, AmendmentExtension.ONLY));
    stages.contracts().unread().forEach(line -> tell(context, "codicil: not read", line));
    stages.stage().notReplayed().forEach(line -> tell(context, "codicil: not replayed", line));
    ReplayRun run = new ReplayRun(stages, context.getRequiredTestClass());
    // JUnit asks for a cell once the one before has ended, and only then is it known what tells.
    return stages.stage().cells().stream()
        .filter(cell -> stages.stage().tells(cell))
        .map(cell -> new ReplayCell(run, cell));
  }

  private static String parameter(ExtensionContext context, String name) {
    return context.getConfigurationParameter(name).orElseGet(() -> System.getProperty(name, ""));
  }

  private static void tell(ExtensionContext context, String what, String line) {
    context.publishReportEntry(what, line);
  }

  /** Ends all stages with the launch. */
  @SuppressWarnings("deprecation") // what newer JUnits close by AutoCloseable, 5.12 closes by this
  private static final class Closing implements AutoCloseable, Store.CloseableResource {
    @Override
    public void close() {
      ReplayStages.closeAll();
    }
  }
}
