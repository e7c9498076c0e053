package dev.codicil.junit;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** A test as Pact JVM runs it; what its mock server finds wrong fails it as ever. */
final class PactCalm
    implements TestTemplateInvocationContext, InvocationInterceptor, AfterEachCallback {
  private @Nullable DeclaredPact pact;
  private boolean held;

  /** Its pact; null unless it has passed. */
  @Nullable DeclaredPact held() {
    return held ? pact : null;
  }

  @Override
  public String getDisplayName(int number) {
    return "calm, by Pact";
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    pact = DeclaredPact.of(context);
    invocation.proceed();
  }

  /** Pact's own judgment comes right after the test, and so before this. */
  @Override
  public void afterEach(ExtensionContext context) {
    held = context.getExecutionException().isEmpty();
  }
}
