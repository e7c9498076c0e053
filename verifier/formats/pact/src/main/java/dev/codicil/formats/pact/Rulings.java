package dev.codicil.formats.pact;

import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Mismatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What replies have been found to be, so that the same reply to the same interaction (warm, calm,
 * on either side, after a storm) is compared once. Bounded: what was not asked about for longest is
 * forgotten first. Thread-safe.
 */
final class Rulings {
  private static final int MOST = 64;

  /** Larger bodies are compared again; in bytes. */
  private static final int LARGEST = 16 << 10;

  private final Map<Case, List<Mismatch>> known = new LinkedHashMap<>(16, 0.75f, true);

  /** Equal only for the same expectation, and the same status, headers and bytes. */
  private record Case(PactExpectation expectation, HttpReply reply) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Case that
          && expectation == that.expectation
          && reply.equals(that.reply);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(expectation) + reply.hashCode();
    }
  }

  /** What was found before; null when this was not asked, or is no longer known. */
  synchronized @Nullable List<Mismatch> find(PactExpectation expectation, HttpReply reply) {
    return known.get(new Case(expectation, reply));
  }

  synchronized void keep(PactExpectation expectation, HttpReply reply, List<Mismatch> found) {
    if (reply.body().size() > LARGEST) {
      return;
    }
    known.put(new Case(expectation, reply), List.copyOf(found));
    if (known.size() > MOST) {
      known.remove(known.keySet().iterator().next());
    }
  }

  synchronized int size() {
    return known.size();
  }
}
