package dev.codicil.junit;

import dev.codicil.verdict.FindingKind;
import java.util.Set;
import org.junit.platform.commons.support.AnnotationSupport;

/** What the cells of one test class share. */
final class ReplayRun {
  private final ReplayStages stages;
  private final Class<?> tests;
  private final ProviderReplay declared;

  ReplayRun(ReplayStages stages, Class<?> tests) {
    this.stages = stages;
    this.tests = tests;
    this.declared = AnnotationSupport.findAnnotation(tests, ProviderReplay.class).orElseThrow();
  }

  ReplayStages stages() {
    return stages;
  }

  Class<?> tests() {
    return tests;
  }

  ProviderReplay declared() {
    return declared;
  }

  boolean fails(FindingKind kind) {
    return Set.of(declared.failOn()).contains(kind);
  }
}
