package dev.codicil.junit.client;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Bodies of the JDK's client, which flow, as bytes, and back. */
final class Bodies {
  private Bodies() {}

  /** The bytes that a request would send. */
  static byte[] read(HttpRequest.BodyPublisher publisher) throws IOException, InterruptedException {
    HttpResponse.BodySubscriber<byte[]> bytes = HttpResponse.BodySubscribers.ofByteArray();
    publisher.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            bytes.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer item) {
            bytes.onNext(List.of(item));
          }

          @Override
          public void onError(Throwable failure) {
            bytes.onError(failure);
          }

          @Override
          public void onComplete() {
            bytes.onComplete();
          }
        });
    return awaited(bytes.getBody());
  }

  /**
   * Gives a client bytes as the body of a reply.
   *
   * @param failure what comes behind them; null for the end of the body
   */
  static <T> T give(HttpResponse.BodySubscriber<T> to, byte[] body, @Nullable IOException failure)
      throws IOException, InterruptedException {
    AtomicBoolean given = new AtomicBoolean();
    to.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long items) {
            if (items <= 0 || !given.compareAndSet(false, true)) {
              return;
            }
            if (body.length > 0) {
              to.onNext(List.of(ByteBuffer.wrap(body).asReadOnlyBuffer()));
            }
            if (failure == null) {
              to.onComplete();
            } else {
              to.onError(failure);
            }
          }

          @Override
          public void cancel() {
            given.set(true);
          }
        });
    return awaited(to.getBody());
  }

  private static <T> T awaited(CompletionStage<T> body) throws IOException, InterruptedException {
    try {
      return body.toCompletableFuture().get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(cause);
    }
  }
}
