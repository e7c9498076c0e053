package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one edge keeps of a cell, however long the cell is. */
class EdgeCellTest {
  private static final HttpRequest GET = new HttpRequest("GET", "/a", Headers.NONE, Payload.EMPTY);

  @Test
  void keepsTheInjectionsOfTheFirstCallsInWhicheverOrderTheyAreMadeAndCountsTheRest() {
    int calls = EdgeCell.MOST_LOGGED_CALLS + 5;
    EdgeCell cell =
        EdgeCell.armed(ScriptedFault.always(Stream.UPSTREAM, new Effect.Delay(Duration.ZERO)));
    IntStream.range(0, calls)
        .map(i -> calls - 1 - i)
        .forEach(
            call ->
                cell.plan(new Exchange(ScriptedFault.EDGE, "", call, Stream.UPSTREAM, GET, null)));
    EdgeLog log = cell.end();
    assertThat(log.injections()).hasSize(EdgeCell.MOST_LOGGED_CALLS);
    assertThat(log.injections().get(EdgeCell.MOST_LOGGED_CALLS - 1).call())
        .isEqualTo(EdgeCell.MOST_LOGGED_CALLS - 1);
    assertThat(log.notes())
        .containsExactly(
            new ExchangeNote(
                ExchangeNote.NO_EXCHANGE,
                ExchangeNote.Kind.MORE_INJECTIONS,
                "5 further injections left out of the log"));
  }

  @Test
  void countsTheNotesThatItDoesNotKeep() {
    EdgeCell cell = EdgeCell.armed(ScriptedFault.always(Stream.UPSTREAM));
    for (int call = 0; call < 1000; call++) {
      cell.note(call, ExchangeNote.Kind.CLIENT_GONE, "gone");
    }
    assertThat(cell.end().notes())
        .hasSize(257)
        .contains(
            new ExchangeNote(
                ExchangeNote.NO_EXCHANGE,
                ExchangeNote.Kind.MORE_NOTES,
                "744 further notes left out"));
  }
}
