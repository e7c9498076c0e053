package dev.codicil.junit;

import dev.codicil.engine.ConsumerStage;
import dev.codicil.engine.StageContracts;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns a method with {@link AmendmentTest} into its cells. */
final class AmendmentExtension implements TestTemplateInvocationContextProvider {
  /** System property: the id of the one storm to run. */
  static final String ONLY = "codicil.only";

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getTestMethod(), AmendmentTest.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    AmendmentTest declared =
        AnnotationSupport.findAnnotation(method, AmendmentTest.class).orElseThrow();
    Shared shared = Shared.of(context);
    StageContracts contracts =
        shared.contracts(root(context), declared.amendment(), declared.base());
    ConsumerStage stage =
        ConsumerStage.open(
            shared.loop(),
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
            CellRules.of(declared),
            method,
            context.getConfigurationParameter(ONLY).orElse(""));
    return StreamSupport.stream(
            Spliterators.<TestTemplateInvocationContext>spliteratorUnknownSize(
                run, Spliterator.ORDERED),
            false)
        .onClose(stage::close);
  }

  static Path root(ExtensionContext context) {
    return ProjectRoot.of(context.getConfigurationParameter(ProjectRoot.PROPERTY).orElse(""));
  }
}
