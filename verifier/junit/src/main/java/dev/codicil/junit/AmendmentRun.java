package dev.codicil.junit;

import dev.codicil.engine.ConsumerStage;
import dev.codicil.engine.ConsumerStage.Side;
import dev.codicil.engine.ConsumerStage.Storm;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Outcome;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * The cells of one test, in order: calm on each side, then every storm, before and after. Which
 * storms there are is known only once the calm cells have shown what the test uses, so each cell is
 * made when JUnit asks for it, which is after the one before has ended.
 */
final class AmendmentRun implements Iterator<TestTemplateInvocationContext> {
  private final ConsumerStage stage;
  private final List<String> changes;
  private final boolean amended;
  private final CellRules rules;
  private final Method method;
  private final String only;
  private final Queue<CellTest> next = new ArrayDeque<>();
  private final Map<Side, Outcome> calm = new EnumMap<>(Side.class);
  private @Nullable Outcome before;
  private boolean stormsAdded;

  AmendmentRun(
      ConsumerStage stage,
      List<String> changes,
      boolean amended,
      CellRules rules,
      Method method,
      String only) {
    this.stage = stage;
    this.changes = List.copyOf(changes);
    this.amended = amended;
    this.rules = rules;
    this.method = method;
    this.only = only;
    for (Side side : sides()) {
      next.add(new CellTest(this, side, null));
    }
  }

  /** Without an amendment both sides are alike, and one is enough. */
  private List<Side> sides() {
    return amended ? List.of(Side.BEFORE, Side.AFTER) : List.of(Side.AFTER);
  }

  ConsumerStage stage() {
    return stage;
  }

  /** What the provider's documents changed, one line each. */
  List<String> changes() {
    return changes;
  }

  CellRules rules() {
    return rules;
  }

  Method method() {
    return method;
  }

  @Override
  public boolean hasNext() {
    if (next.isEmpty() && !stormsAdded && calmHeld()) {
      stormsAdded = true;
      for (Storm storm : stage.storms()) {
        if (only.isEmpty() || only.equals(storm.id())) {
          sides().stream()
              .filter(side -> side == Side.AFTER || storm.metBefore())
              .forEach(side -> next.add(new CellTest(this, side, storm)));
        }
      }
    }
    return !next.isEmpty() && !calmBrokeOff();
  }

  @Override
  public TestTemplateInvocationContext next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return next.remove();
  }

  private boolean calmHeld() {
    return sides().stream().allMatch(side -> calm.get(side) == Outcome.HELD);
  }

  /** A test that does not hold in calm before says nothing of what comes after. */
  private boolean calmBrokeOff() {
    return calm.values().stream().anyMatch(outcome -> outcome != Outcome.HELD);
  }

  /**
   * Takes what became of a cell.
   *
   * @return what that makes of it together with the cells before it; null while nothing can be said
   */
  @Nullable FindingKind done(Side side, @Nullable Storm storm, Outcome outcome) {
    if (storm == null) {
      calm.put(side, outcome);
      return outcome == Outcome.HELD
          ? null
          : side == Side.AFTER && amended ? FindingKind.BROKEN : FindingKind.INCONCLUSIVE;
    }
    if (side == Side.BEFORE) {
      before = outcome;
      return outcome == Outcome.UNKNOWN ? FindingKind.INCONCLUSIVE : null;
    }
    Outcome other = control(side, storm);
    Outcome control = other == null ? outcome : other;
    if (outcome == Outcome.UNKNOWN || control == Outcome.UNKNOWN) {
      return FindingKind.INCONCLUSIVE;
    }
    if (outcome.worseThan(control)) {
      return FindingKind.RESILIENCE_LOST;
    }
    if (control.worseThan(outcome)) {
      return FindingKind.HARDENED;
    }
    return outcome.worseThan(Outcome.REFUSED) ? FindingKind.FRAGILE : FindingKind.COMPATIBLE;
  }

  /** Outcome of the other side in the same weather; null when there is none. */
  @Nullable Outcome control(Side side, @Nullable Storm storm) {
    if (side == Side.BEFORE || !amended) {
      return null;
    }
    return storm == null || !storm.metBefore() ? calm.get(Side.BEFORE) : before;
  }

  boolean fails(FindingKind kind) {
    return rules.failOn().contains(kind);
  }
}
