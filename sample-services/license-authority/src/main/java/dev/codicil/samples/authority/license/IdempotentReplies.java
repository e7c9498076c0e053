package dev.codicil.samples.authority.license;

import dev.codicil.samples.authority.web.Problem;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Answers given under an idempotency key, so that a repeated request is answered but not redone.
 */
@Repository
class IdempotentReplies {

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  IdempotentReplies(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * Returns the answer given under this key before.
   *
   * @throws Problem when the key was used for another request
   */
  Optional<String> find(String key, String fingerprint) {
    return jdbc.sql("select fingerprint, body from idempotent_reply where key = ?")
        .param(key)
        .query(
            (row, number) -> {
              if (!row.getString("fingerprint").equals(fingerprint)) {
                throw Problem.conflict("Idempotency-Key was used for another request");
              }
              return row.getString("body");
            })
        .optional();
  }

  /** Does the work once under this key, in one transaction with keeping its answer. */
  String once(String key, String fingerprint, Supplier<String> work) {
    return transaction.execute(
        status -> {
          // Of two at once the second waits here until the first commits.
          int claimed =
              jdbc.sql(
                      """
                      insert into idempotent_reply (key, fingerprint) values (?, ?)
                      on conflict (key) do nothing
                      """)
                  .param(key)
                  .param(fingerprint)
                  .update();
          if (claimed == 0) {
            return find(key, fingerprint).orElseThrow();
          }
          String body = work.get();
          jdbc.sql("update idempotent_reply set body = ? where key = ?")
              .param(body)
              .param(key)
              .update();
          return body;
        });
  }
}
