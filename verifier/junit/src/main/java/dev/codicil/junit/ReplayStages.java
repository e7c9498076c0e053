package dev.codicil.junit;

import dev.codicil.engine.ProviderStage;
import dev.codicil.engine.StageContracts;
import dev.codicil.engine.Verification;
import dev.codicil.experiment.Subject;
import dev.codicil.storm.proxy.StormLoop;
import dev.codicil.storm.run.RunListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The stages of this JVM's test classes. They open before JUnit asks for a cell, since applications
 * want the addresses of their upstreams when they start, and last as long as the applications may:
 * to the end of the launch.
 */
final class ReplayStages {
  private static final Map<Class<?>, ReplayStages> OPEN = new HashMap<>();
  private static @Nullable StormLoop loop;

  private final ProviderStage stage;
  private final StageContracts contracts;
  private final StateMethods states;

  private ReplayStages(ProviderStage stage, StageContracts contracts, StateMethods states) {
    this.stage = stage;
    this.contracts = contracts;
    this.states = states;
  }

  /** The stage of a test class, opened when it is first asked for. */
  static ReplayStages of(Class<?> tests) {
    return of(
        tests,
        System.getProperty(ProjectRoot.PROPERTY, ""),
        System.getProperty(AmendmentExtension.ONLY, ""));
  }

  /** The same, where JUnit was told more than the system's properties say. */
  static synchronized ReplayStages of(Class<?> tests, String root, String only) {
    ReplayStages known = OPEN.get(tests);
    if (known == null) {
      known = open(tests, ProjectRoot.of(root), only);
      OPEN.put(tests, known);
    }
    return known;
  }

  private static ReplayStages open(Class<?> tests, Path root, String only) {
    ProviderReplay declared =
        AnnotationSupport.findAnnotation(tests, ProviderReplay.class)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        tests.getName() + " has no @ProviderReplay, which says who is replayed"));
    StormLoop shared = loop == null ? StormLoop.open() : loop;
    loop = shared;
    Verification verification = Verification.of(root, RunListener.SILENT);
    StageContracts contracts =
        StageContracts.of(verification, declared.amendment(), declared.base());
    StateMethods states = StateMethods.of(tests);
    Subject subject = verification.project().subjects().get(declared.provider());
    boolean byRequest = states.isEmpty() && subject != null && subject.state() != null;
    try {
      ProviderStage stage =
          ProviderStage.open(
              shared,
              contracts,
              new ProviderStage.Request(
                  declared.provider(),
                  declared.consumer(),
                  tests.getName(),
                  List.of(declared.chaos()),
                  declared.seed(),
                  only),
              byRequest ? null : states);
      return new ReplayStages(stage, contracts, states);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the stage was opened", e);
    }
  }

  ProviderStage stage() {
    return stage;
  }

  StageContracts contracts() {
    return contracts;
  }

  StateMethods states() {
    return states;
  }

  /** Closes all stages of this JVM. */
  static synchronized void closeAll() {
    new ArrayList<>(OPEN.values()).forEach(open -> open.stage.close());
    OPEN.clear();
    if (loop != null) {
      loop.close();
      loop = null;
    }
  }
}
