package dev.codicil.junit;

import dev.codicil.contract.Contract;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.ConsumerStage;
import dev.codicil.engine.StageContracts;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * The cells of a consumer test of Pact JVM: first as Pact runs it, which is also where its pact
 * becomes known, then as those of any other test that calls a provider.
 */
final class PactStorm implements Iterator<TestTemplateInvocationContext>, AutoCloseable {
  private final ExtensionContext context;
  private final Storm declared;
  private final PactCalm calm = new PactCalm();
  private boolean begun;
  private @Nullable ConsumerStage stage;
  private @Nullable AmendmentRun run;

  PactStorm(ExtensionContext context, Storm declared) {
    this.context = context;
    this.declared = declared;
  }

  @Override
  public boolean hasNext() {
    if (!begun) {
      return true;
    }
    DeclaredPact pact = calm.held();
    if (pact == null) {
      return false;
    }
    AmendmentRun cells = run;
    if (cells == null) {
      cells = open(pact);
      run = cells;
    }
    return cells.hasNext();
  }

  @Override
  public TestTemplateInvocationContext next() {
    if (!begun) {
      begun = true;
      return calm;
    }
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    CellTest cell = (CellTest) Objects.requireNonNull(run).next();
    return new PactCell(cell, Objects.requireNonNull(calm.held()));
  }

  private AmendmentRun open(DeclaredPact pact) {
    Method method = context.getRequiredTestMethod();
    String test = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    Shared shared = Shared.of(context);
    StageContracts contracts =
        shared
            .contracts(AmendmentExtension.root(context), declared.amendment(), declared.base())
            .declaring(test + "'s pact", pact.document());
    Contract contract = Objects.requireNonNull(contracts.declared());
    if (contract.http().isEmpty()) {
      throw new InputException(
          contract.location(), "declares no HTTP interaction", "use @Test in place of @Storm");
    }
    String consumer = Objects.requireNonNullElse(contract.consumer(), "");
    ConsumerStage opened =
        ConsumerStage.open(
            shared.loop(),
            contracts,
            new ConsumerStage.Request(
                contract.provider(),
                consumer,
                test,
                List.of(declared.profiles()),
                declared.seed()));
    stage = opened;
    return new AmendmentRun(
        opened,
        contracts.changes(contract.provider()),
        contracts.amended(),
        CellRules.of(declared, contracts.amended()),
        method,
        context.getConfigurationParameter(AmendmentExtension.ONLY).orElse(""));
  }

  @Override
  public void close() {
    ConsumerStage opened = stage;
    if (opened != null) {
      opened.close();
    }
  }

  /** Where errors about a test point to. */
  static Location location(ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    return Location.of(method.getDeclaringClass().getSimpleName() + "#" + method.getName());
  }
}
