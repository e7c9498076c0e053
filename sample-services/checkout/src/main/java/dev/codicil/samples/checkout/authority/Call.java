package dev.codicil.samples.checkout.authority;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One call of the authority, ready to be made, and made again.
 *
 * @param <T> what its answer is read as
 */
public final class Call<T> {

  private final Supplier<CompletableFuture<HttpResponse<byte[]>>> exchange;
  private final Function<HttpResponse<byte[]>, T> reader;

  Call(
      Supplier<CompletableFuture<HttpResponse<byte[]>>> exchange,
      Function<HttpResponse<byte[]>, T> reader) {
    this.exchange = exchange;
    this.reader = reader;
  }

  /** Sends the request; cancelling the result ends the exchange and closes its connection. */
  CompletableFuture<HttpResponse<byte[]>> send() {
    return exchange.get();
  }

  /**
   * Reads an answer.
   *
   * @throws AuthorityRefused when it is a declared refusal
   * @throws AuthorityUnavailable when it is anything the contract does not promise
   */
  T read(HttpResponse<byte[]> reply) {
    return reader.apply(reply);
  }
}
