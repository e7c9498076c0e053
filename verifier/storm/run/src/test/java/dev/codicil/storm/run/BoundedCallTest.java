package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BoundedCallTest {

  @Test
  void aCallThatEndsGivesItsResult() throws Exception {
    assertThat(BoundedCall.within(Duration.ofMinutes(1), () -> "done")).isEqualTo("done");
  }

  @Test
  void aCallThatNeverEndsIsLeftBehind() {
    CountDownLatch never = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                BoundedCall.within(
                    Duration.ofMillis(20),
                    () -> {
                      never.await();
                      return "late";
                    }))
        .isInstanceOf(TimeoutException.class);
    never.countDown();
  }

  @Test
  void whatTheCallThrowsComesThrough() {
    assertThatThrownBy(
            () ->
                BoundedCall.within(
                    Duration.ofMinutes(1),
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }
}
