package dev.codicil.junit;

import au.com.dius.pact.consumer.MockServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** A cell of a consumer test of Pact JVM, in which its mock server is played by the stage. */
final class PactCell
    implements TestTemplateInvocationContext, BeforeEachCallback, ParameterResolver {
  // Where Pact JVM 4.7 keeps what it plays in a test; with nothing there it starts and judges
  // nothing, for what a fault did to a call is no mismatch of the pact.
  private static final Namespace PACT = Namespace.create("pact-jvm");
  private static final String PROVIDERS = "providers";

  private final CellTest cell;
  private final DeclaredPact pact;

  PactCell(CellTest cell, DeclaredPact pact) {
    this.cell = cell;
    this.pact = pact;
  }

  @Override
  public String getDisplayName(int number) {
    return cell.getDisplayName(number);
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(cell, this);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(PACT).put(PROVIDERS, List.of());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == MockServer.class || type.isInstance(pact.model());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == MockServer.class
        ? mockServer(cell.url())
        : pact.model();
  }

  /** A mock server as tests use it: an address. */
  private static MockServer mockServer(URI url) {
    return (MockServer)
        Proxy.newProxyInstance(
            MockServer.class.getClassLoader(),
            new Class<?>[] {MockServer.class},
            (self, method, arguments) -> answer(url, self, method, arguments));
  }

  private static Object answer(URI url, Object self, Method method, Object[] arguments)
      throws InvocationTargetException {
    switch (method.getName()) {
      case "getUrl":
      case "toString":
        return url.toString();
      case "getPort":
        return url.getPort();
      case "hashCode":
        return System.identityHashCode(self);
      case "equals":
        return self == arguments[0];
      default:
        throw new UnsupportedOperationException(
            "in the storm the mock server is an address; " + method.getName() + " is not played");
    }
  }
}
