package dev.codicil.junit;

import dev.codicil.chaos.Injection;
import dev.codicil.contract.Mismatch;
import dev.codicil.engine.ProviderStage;
import dev.codicil.history.CellRecord;
import dev.codicil.storm.run.AttachedRun.Observed;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Outcome;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** One cell: one interaction in one weather, replayed when the test says against whom. */
final class ReplayCell
    implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor, Replay {
  private static final int MOST_MISMATCHES = 5;
  private static final int MOST_BODY = 400;

  private final ReplayRun run;
  private final ProviderStage.Cell cell;
  private boolean asked;
  private @Nullable Object test;
  private @Nullable String method;

  ReplayCell(ReplayRun run, ProviderStage.Cell cell) {
    this.run = run;
    this.cell = cell;
  }

  @Override
  public String getDisplayName(int number) {
    return cell.interaction() + ", " + weather();
  }

  private String weather() {
    return calm() ? "calm" : cell.faults();
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Replay.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return this;
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    test = context.getRequiredTestInstance();
    method = context.getRequiredTestMethod().getName();
    invocation.proceed();
    if (!asked) {
      throw new AssertionFailedError(
          "nothing was replayed: the test must say where the provider listens, by"
              + " replay.against(port)");
    }
  }

  @Override
  public String interaction() {
    return cell.interaction();
  }

  @Override
  public boolean calm() {
    return cell.experiment() == null;
  }

  @Override
  public String faults() {
    return cell.faults();
  }

  @Override
  public void against(int port) {
    against(URI.create("http://127.0.0.1:" + port));
  }

  @Override
  public void against(URI provider) {
    asked = true;
    run.stages().stage().at(provider);
    StateMethods states = run.stages().states();
    states.on(Objects.requireNonNull(test));
    Observed observed;
    try {
      observed = run.stages().stage().run(cell);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestAbortedException("interrupted", e);
    } finally {
      states.takeBack();
    }
    tell(observed);
  }

  private void tell(Observed observed) {
    FindingKind kind = kind(observed);
    if (kind == null) {
      return;
    }
    String message = message(kind, observed);
    if (run.fails(kind) || (kind == FindingKind.INCONCLUSIVE && calm())) {
      // What cannot be replayed in calm is no test of anything.
      throw new AssertionFailedError(message);
    }
    throw new TestAbortedException(message);
  }

  private @Nullable FindingKind kind(Observed observed) {
    if (observed.outcome() == Outcome.UNKNOWN) {
      return FindingKind.INCONCLUSIVE;
    }
    if (calm()) {
      return observed.outcome() == Outcome.HELD ? null : FindingKind.BROKEN;
    }
    return observed.outcome().worseThan(Outcome.REFUSED) ? FindingKind.FRAGILE : null;
  }

  private String message(FindingKind kind, Observed observed) {
    List<String> lines = new ArrayList<>();
    lines.add(
        kind.name().toLowerCase(Locale.ROOT)
            + ": "
            + cell.interaction()
            + (calm() ? " in calm" : " under " + cell.faults()));
    String reason = observed.reason();
    lines.add("  outcome: " + observed.outcome() + (reason == null ? "" : ", " + reason));
    if (!observed.runs().isEmpty()) {
      tell(observed.runs().get(0), lines);
    }
    lines.add("  asked in " + cell.stimulus().location());
    lines.add(
        "  replay: mvn test -Dtest="
            + run.tests().getSimpleName()
            + "#"
            + method
            + " -D"
            + AmendmentExtension.ONLY
            + "="
            + cell.id());
    return String.join("\n", lines);
  }

  private static void tell(CellRecord record, List<String> lines) {
    for (Injection injection : record.injections()) {
      lines.add("  struck: " + injection.fault() + ": " + injection.detail());
    }
    lines.add("  sent: " + record.request().start() + body(record.request()));
    CellRecord.MessageSketch reply = record.reply();
    lines.add("  came: " + (reply == null ? ended(record) : reply.start() + body(reply)));
    record.mismatches().stream()
        .limit(MOST_MISMATCHES)
        .forEach(mismatch -> lines.add("  " + line(mismatch)));
    int more = record.mismatches().size() - MOST_MISMATCHES;
    if (more > 0) {
      lines.add("  and " + more + " more mismatches");
    }
    if (record.leak() != null) {
      lines.add("  the error gives away: " + record.leak());
    }
    for (CellRecord.EffectReading effect : record.ownEffects()) {
      if (!Objects.equals(effect.change(), effect.expected())) {
        lines.add(
            "  effect "
                + effect.name()
                + ": changed by "
                + effect.change()
                + ", one success changes it by "
                + effect.expected());
      }
    }
    if (record.recoveryMillis() < 0) {
      lines.add("  it did not return to its steady state afterwards");
    }
  }

  private static String ended(CellRecord record) {
    return switch (record.ended()) {
      case TIMED_OUT -> "nothing within " + record.budgetMillis() + " ms";
      case DISCONNECTED -> "the connection ended";
      case GARBLED -> "something that is not HTTP";
      case NOT_SENT -> "nothing, since nothing was sent";
      case REPLIED -> "a reply";
    };
  }

  private static String line(Mismatch mismatch) {
    return mismatch.path() + ": expected " + mismatch.expected() + ", got " + mismatch.actual();
  }

  private static String body(CellRecord.MessageSketch sketch) {
    String body = sketch.body().strip();
    return body.isEmpty()
        ? ""
        : " " + (body.length() > MOST_BODY ? body.substring(0, MOST_BODY) + " ..." : body);
  }
}
