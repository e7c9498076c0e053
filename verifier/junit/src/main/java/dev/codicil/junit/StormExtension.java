package dev.codicil.junit;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns a method with {@link Storm} into its cells. */
final class StormExtension implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getTestMethod(), Storm.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Storm declared =
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Storm.class)
            .orElseThrow();
    PactStorm storm = new PactStorm(context, declared);
    return StreamSupport.stream(
            Spliterators.<TestTemplateInvocationContext>spliteratorUnknownSize(
                storm, Spliterator.ORDERED),
            false)
        .onClose(storm::close);
  }
}
