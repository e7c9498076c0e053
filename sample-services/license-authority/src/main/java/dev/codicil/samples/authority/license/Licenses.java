package dev.codicil.samples.authority.license;

import dev.codicil.samples.authority.AuthoritySettings;
import dev.codicil.samples.authority.AuthoritySettings.Check;
import dev.codicil.samples.authority.AuthoritySettings.Fingerprint;
import dev.codicil.samples.authority.AuthoritySettings.Writes;
import dev.codicil.samples.authority.license.License.Status;
import dev.codicil.samples.authority.license.LicenseStore.Effect;
import dev.codicil.samples.authority.partner.IdentityChecks;
import dev.codicil.samples.authority.web.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What the authority does with licenses. */
@Service
public class Licenses {

  private static final int TERM_MONTHS = 12;
  private static final Instant LAST_DAY = Instant.parse("9999-12-31T00:00:00Z");

  private final LicenseStore store;
  private final IdempotentReplies replies;
  private final LicenseJson json;
  private final LateWrites late;
  private final IdentityChecks checks;
  private final AuthoritySettings settings;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Licenses(
      LicenseStore store,
      IdempotentReplies replies,
      LicenseJson json,
      LateWrites late,
      IdentityChecks checks,
      AuthoritySettings settings,
      TransactionTemplate transaction,
      Clock clock) {
    this.store = store;
    this.replies = replies;
    this.json = json;
    this.late = late;
    this.checks = checks;
    this.settings = settings;
    this.transaction = transaction;
    this.clock = clock;
  }

  String issue(String key, String sku, String holder, @Nullable String identity) {
    String fingerprint = fingerprint("issue", sku, holder, identity == null ? "" : identity);
    Optional<String> replay = replies.find(key, fingerprint);
    if (replay.isPresent()) {
      return replay.get();
    }
    requireVouched(settings.issueCheck(), holder);
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    Instant end = after(today, TERM_MONTHS);
    if (settings.writes() == Writes.BEHIND) {
      License license = new License(store.nextId(), sku, holder, identity, 1, false, end);
      return late.issue(key, fingerprint, license, () -> write(key, fingerprint, license));
    }
    return replies.once(
        key,
        fingerprint,
        () -> stored(new License(store.nextId(), sku, holder, identity, 1, false, end)));
  }

  private void write(String key, String fingerprint, License license) {
    replies.once(key, fingerprint, () -> stored(license));
  }

  private String stored(License license) {
    store.put(license);
    store.record(Effect.ISSUED, license.id());
    return json.license(license);
  }

  String read(String id) {
    return json.license(existing(id));
  }

  String validation(String id) {
    License license = existing(id);
    // Nobody need vouch for what has ended: only an active license asks the partner.
    if (license.status(clock.instant()) == Status.ACTIVE) {
      requireVouched(settings.partnerCheck(), license.holder());
    }
    return json.validation(license);
  }

  String renew(String id, String key, int months) {
    String fingerprint = fingerprint("renew", id, Integer.toString(months));
    Optional<String> replay = replies.find(key, fingerprint);
    if (replay.isPresent()) {
      return replay.get();
    }
    License license = existing(id);
    if (license.revoked()) {
      throw revoked(id);
    }
    // Asked before the transaction: a slow partner must not hold rows as well.
    requireVouched(settings.renewalCheck(), license.holder());
    return replies.once(key, fingerprint, () -> extended(id, months));
  }

  void revoke(String id) {
    existing(id);
    transaction.executeWithoutResult(
        status -> {
          if (store.revoke(id)) {
            store.record(Effect.REVOKED, id);
          }
        });
  }

  private String fingerprint(String... parts) {
    String plain = String.join("\n", parts);
    if (settings.fingerprint() == Fingerprint.PLAIN) {
      return plain;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String extended(String id, int months) {
    License current = existing(id);
    Instant now = clock.instant().truncatedTo(ChronoUnit.DAYS);
    Instant from = current.validUntil().isAfter(now) ? current.validUntil() : now;
    Instant until = after(from, months);
    if (until.isAfter(LAST_DAY)) {
      throw Problem.unprocessable("a license cannot run past the year 9999");
    }
    if (!store.extend(id, until)) {
      throw revoked(id);
    }
    store.record(Effect.RENEWED, id);
    return json.renewed(existing(id), months);
  }

  private License existing(String id) {
    if (!id.matches("[A-Za-z0-9-]{1,40}")) {
      throw Problem.notFound("no license of this id");
    }
    late.flush();
    return store.find(id).orElseThrow(() -> Problem.notFound("no license " + id));
  }

  private void requireVouched(Check check, String holder) {
    if (!checks.of(check).vouchedFor(holder)) {
      throw Problem.forbidden("the partner does not vouch for this holder");
    }
  }

  private static Problem revoked(String id) {
    return Problem.conflict("license " + id + " is revoked");
  }

  private static Instant after(Instant start, int months) {
    ZonedDateTime utc = start.atZone(ZoneOffset.UTC);
    return utc.plusMonths(months).toInstant();
  }
}
