package dev.codicil.junit;

import dev.codicil.verdict.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.platform.commons.support.AnnotationSupport;

/** What the cells of one test class share: the stage, and how each interaction stands in calm. */
final class ReplayRun {
  private final ReplayStages stages;
  private final Class<?> tests;
  private final ProviderReplay declared;
  private final Map<String, Outcome> calm = new HashMap<>();

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

  /** Notes how an interaction stands in calm. */
  void calm(String stimulus, Outcome outcome) {
    calm.put(stimulus, outcome);
  }

  /** How an interaction stands in calm; UNKNOWN when that was not looked at. */
  Outcome calm(String stimulus) {
    return calm.getOrDefault(stimulus, Outcome.UNKNOWN);
  }

  boolean fails(dev.codicil.verdict.FindingKind kind) {
    return Set.of(declared.failOn()).contains(kind);
  }
}
