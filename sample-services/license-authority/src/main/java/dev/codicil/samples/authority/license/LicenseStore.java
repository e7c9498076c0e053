package dev.codicil.samples.authority.license;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Licenses and their effects in PostgreSQL. */
@Repository
public class LicenseStore {

  /** A deed that changed a license. */
  public enum Effect {
    ISSUED,
    RENEWED,
    REVOKED
  }

  private final JdbcClient jdbc;

  LicenseStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns the license of this id. */
  public Optional<License> find(String id) {
    return jdbc.sql("select * from license where id = ?")
        .param(id)
        .query(
            (row, number) ->
                new License(
                    row.getString("id"),
                    row.getString("sku"),
                    row.getString("holder"),
                    row.getString("identity"),
                    row.getInt("seats"),
                    row.getBoolean("revoked"),
                    row.getObject("valid_until", OffsetDateTime.class).toInstant()))
        .optional();
  }

  String nextId() {
    return "L-" + jdbc.sql("select nextval('license_number')").query(Long.class).single();
  }

  /** Keeps a license, in place of the one of the same id if there is one. */
  public void put(License license) {
    jdbc.sql(
            """
            insert into license (id, sku, holder, identity, seats, revoked, valid_until)
            values (:id, :sku, :holder, :identity, :seats, :revoked, :validUntil)
            on conflict (id) do update set sku = :sku, holder = :holder, identity = :identity,
              seats = :seats, revoked = :revoked, valid_until = :validUntil
            """)
        .param("id", license.id())
        .param("sku", license.sku())
        .param("holder", license.holder())
        .param("identity", license.identity())
        .param("seats", license.seats())
        .param("revoked", license.revoked())
        .param("validUntil", utc(license.validUntil()))
        .update();
  }

  /** Sets a new end, unless the license was revoked meanwhile. */
  boolean extend(String id, Instant validUntil) {
    return jdbc.sql("update license set valid_until = ? where id = ? and not revoked")
            .param(utc(validUntil))
            .param(id)
            .update()
        == 1;
  }

  /** Revokes; tells whether that changed anything. */
  boolean revoke(String id) {
    return jdbc.sql("update license set revoked = true where id = ? and not revoked")
            .param(id)
            .update()
        == 1;
  }

  void record(Effect effect, String licenseId) {
    jdbc.sql("insert into effect (kind, license_id) values (?, ?)")
        .param(effect.name())
        .param(licenseId)
        .update();
  }

  /** Counts what was really done. */
  public Map<Effect, Long> effects() {
    Map<String, Long> counted =
        jdbc
            .sql("select kind, count(*) as times from effect group by kind")
            .query((row, number) -> Map.entry(row.getString("kind"), row.getLong("times")))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return Map.of(
        Effect.ISSUED, counted.getOrDefault(Effect.ISSUED.name(), 0L),
        Effect.RENEWED, counted.getOrDefault(Effect.RENEWED.name(), 0L),
        Effect.REVOKED, counted.getOrDefault(Effect.REVOKED.name(), 0L));
  }

  /** Removes one license. */
  public void remove(String id) {
    jdbc.sql("delete from license where id = ?").param(id).update();
  }

  /** Removes every license. */
  public void removeAll() {
    jdbc.sql("delete from license").update();
  }

  /** Forgets everything, numbers and replies included. */
  public void reset() {
    // Truncating, and restarting a sequence, make new files, which is slower for a few rows.
    for (String table : List.of("license", "effect", "idempotent_reply")) {
      jdbc.sql("delete from " + table).update();
    }
    jdbc.sql(
            "select setval('license_number', start_value, false) from pg_sequences"
                + " where sequencename = 'license_number'")
        .query()
        .singleValue();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
