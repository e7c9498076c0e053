package dev.codicil.junit;

import dev.codicil.chaos.Durations;
import dev.codicil.engine.ConsumerStage.Passage;
import dev.codicil.engine.ConsumerStage.Side;
import dev.codicil.engine.ConsumerStage.Storm;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Outcome;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** One cell: one run of the test on one side in one weather. */
final class CellTest
    implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor, Cell {
  private static final int MOST_CHANGES = 5;

  private final AmendmentRun run;
  private final Side side;
  private final @Nullable Storm storm;
  private @Nullable String degraded;

  CellTest(AmendmentRun run, Side side, @Nullable Storm storm) {
    this.run = run;
    this.side = side;
    this.storm = storm;
  }

  @Override
  public String getDisplayName(int number) {
    String weather = storm != null ? storm.label() : "calm";
    if (run.rules().sidesNamed()) {
      return side.label() + ", " + weather;
    }
    return storm == null ? "calm, behind the proxy" : weather;
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public Side side() {
    return side;
  }

  @Override
  public boolean calm() {
    return storm == null;
  }

  @Override
  public String faults() {
    return storm == null ? "" : storm.label();
  }

  @Override
  public void degraded(String why) {
    degraded = why;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.isAnnotated(ProviderUrl.class)
        || parameter.getParameter().getType() == Cell.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == Cell.class) {
      return this;
    }
    URI url = url();
    if (type == String.class) {
      return url.toString();
    }
    if (type == URI.class) {
      return url;
    }
    if (type == URL.class) {
      try {
        return url.toURL();
      } catch (MalformedURLException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new ParameterResolutionException(
        "@ProviderUrl stands on a parameter of type "
            + type.getName()
            + "; expected String, URI or URL");
  }

  /** Where the provider is called. */
  URI url() {
    return run.stage().url(side);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    Duration budget = Durations.parse(run.rules().timeBudget());
    run.stage().begin(side, storm);
    Bounded.Result result = Bounded.run(invocation::proceed, budget, () -> run.stage().end(side));
    Outcome outcome = outcome(result);
    FindingKind kind = run.done(side, storm, outcome);
    tell(result, outcome, kind);
  }

  private Outcome outcome(Bounded.Result result) {
    Throwable thrown = result.thrown();
    if (storm == null) {
      boolean held =
          thrown == null && !result.late() && degraded == null && result.passage().calls() > 0;
      return held ? Outcome.HELD : Outcome.FAILED;
    }
    Passage passage = result.passage();
    if (thrown instanceof TestAbortedException
        || passage.problem() != null
        || (passage.struck().isEmpty() && !storm.experiment().faults().conditional())) {
      return Outcome.UNKNOWN;
    }
    if (result.late()) {
      return Outcome.HUNG;
    }
    if (thrown == null) {
      return degraded == null ? Outcome.HELD : Outcome.DEGRADED;
    }
    for (Accept accept : accepted()) {
      for (Throwable one = thrown; one != null; one = one.getCause()) {
        if (accept.value().isInstance(one)) {
          return accept.as();
        }
      }
    }
    // The code returned, and what it returned is wrong: it took changed content for right.
    return thrown instanceof AssertionError && storm.content() ? Outcome.CORRUPTED : Outcome.FAILED;
  }

  private List<Accept> accepted() {
    return Stream.concat(
            AnnotationSupport.findRepeatableAnnotations(run.method(), Accept.class).stream(),
            AnnotationSupport.findRepeatableAnnotations(
                run.method().getDeclaringClass(), Accept.class)
                .stream())
        .toList();
  }

  private void tell(Bounded.Result result, Outcome outcome, @Nullable FindingKind kind)
      throws Throwable {
    Throwable thrown = result.thrown();
    if (storm == null) {
      tellCalm(result, kind);
      return;
    }
    if (kind == null || kind == FindingKind.COMPATIBLE || kind == FindingKind.HARDENED) {
      return;
    }
    String message = message(kind, outcome, result);
    if (run.fails(kind)) {
      throw thrown == null
          ? new AssertionFailedError(message)
          : new AssertionFailedError(message, thrown);
    }
    throw new TestAbortedException(message);
  }

  /** In calm the test's own failure is what matters. */
  private void tellCalm(Bounded.Result result, @Nullable FindingKind kind) throws Throwable {
    Throwable thrown = result.thrown();
    if (kind == null) {
      return;
    }
    if (kind == FindingKind.BROKEN) {
      String message = message(kind, Outcome.FAILED, result);
      throw thrown == null
          ? new AssertionFailedError(message)
          : new AssertionFailedError(message, thrown);
    }
    if (thrown != null) {
      throw thrown;
    }
    throw new AssertionFailedError(
        result.passage().calls() == 0
            ? "no call arrived at the provider: the code under test must call the address that"
                + " @ProviderUrl gives"
            : degraded != null
                ? "the consumer gives less in calm: " + degraded
                : "took longer than the time budget of " + run.rules().timeBudget() + " in calm");
  }

  private String message(FindingKind kind, Outcome outcome, Bounded.Result result) {
    Throwable thrown = result.thrown();
    List<String> lines = new ArrayList<>();
    String test = run.method().getDeclaringClass().getSimpleName() + "#" + run.method().getName();
    lines.add(
        kind.name().toLowerCase(Locale.ROOT).replace('_', '-')
            + ": "
            + test
            + (storm == null ? " in calm" : " under " + storm.label()));
    Outcome control = run.control(side, storm);
    String what =
        outcome
            + (result.late()
                ? " (longer than " + run.rules().timeBudget() + ")"
                : thrown == null ? "" : " (" + first(thrown) + ")");
    lines.add(
        control == null
            ? "  " + side.label() + ": " + what
            : "  before: " + control + ", after: " + what);
    Passage passage = result.passage();
    if (storm != null) {
      lines.add(
          passage.struck().isEmpty()
              ? "  nothing was struck" + (passage.calls() == 0 ? ": no call arrived" : "")
              : "  struck: " + String.join("; ", passage.struck()));
    }
    run.changes().stream().limit(MOST_CHANGES).forEach(change -> lines.add("  amended: " + change));
    if (run.changes().size() > MOST_CHANGES) {
      lines.add("  and " + (run.changes().size() - MOST_CHANGES) + " more changes");
    }
    if (passage.problem() != null) {
      lines.add("  not struck: " + passage.problem());
    }
    if (!passage.unanswered().isEmpty()) {
      lines.add("  the contract has no answer to: " + String.join(", ", passage.unanswered()));
    }
    lines.add(
        "  replay: mvn test -Dtest="
            + test
            + (storm == null ? "" : " -D" + AmendmentExtension.ONLY + "=" + storm.id()));
    return String.join("\n", lines);
  }

  private static String first(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage()).strip();
    int end = message.indexOf('\n');
    return thrown.getClass().getSimpleName()
        + ": "
        + (end < 0 ? message : message.substring(0, end));
  }
}
