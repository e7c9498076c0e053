package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import dev.codicil.history.CellRecord;
import dev.codicil.history.LoadRecord.Answer;
import dev.codicil.storm.proxy.CallResult;
import dev.codicil.storm.run.LoadRun.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadAnswersTest {
  private final AtomicInteger rulings = new AtomicInteger();

  private static Taken reply(int status, String body, boolean whole) {
    HttpReply reply =
        new HttpReply(status, Headers.of("date", "Sun, " + body.length()), Payload.of(body));
    return new Taken(new CallResult(CallResult.Ended.REPLIED, reply, 1, ""), whole, 1_000_000);
  }

  private Answer rule(Taken taken) {
    rulings.incrementAndGet();
    HttpReply reply = taken.result().reply();
    int status = reply == null ? 0 : reply.status();
    return new Answer(
        CellRecord.Ended.REPLIED,
        status,
        status == 200 ? List.of() : List.of(new Mismatch("status", "200", "" + status)),
        false,
        null,
        null,
        Map.of(),
        1,
        null);
  }

  private LoadAnswers sorted(List<Taken> taken) throws InterruptedException {
    return LoadAnswers.of(taken, one -> false, this::rule);
  }

  @Test
  void whatIsTheSameIsHeldToItsContractOnce() throws InterruptedException {
    List<Taken> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(reply(i % 100 == 7 ? 500 : 200, "same", true));
    }
    LoadAnswers answers = sorted(all);
    assertThat(rulings).hasValue(2);
    assertThat(answers.kinds())
        .extracting(answer -> answer.status() + " x " + answer.count())
        .containsExactly("200 x 297", "500 x 3");
    assertThat(answers.unchecked()).isZero();
  }

  @Test
  void whatIsTooMuchIsTakenForTheOthersOfItsStatusAndCounted() throws InterruptedException {
    List<Taken> all = new ArrayList<>();
    for (int i = 0; i < LoadAnswers.MOST_RULINGS + 500; i++) {
      all.add(reply(200, "number " + i, true));
    }
    for (int i = 0; i < 7; i++) {
      all.add(reply(503, "late " + i, false)); // a status that only came at the end
    }
    LoadAnswers answers = sorted(all);
    assertThat(rulings).hasValue(LoadAnswers.MOST_RULINGS + 1);
    assertThat(answers.unchecked()).isEqualTo(507);
    assertThat(answers.kinds())
        .extracting(answer -> answer.status() + " x " + answer.count())
        .containsExactly("200 x " + (LoadAnswers.MOST_RULINGS + 500), "503 x 7");
  }
}
