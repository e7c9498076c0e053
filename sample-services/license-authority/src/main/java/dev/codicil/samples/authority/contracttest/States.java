package dev.codicil.samples.authority.contracttest;

import dev.codicil.samples.authority.license.License;
import dev.codicil.samples.authority.license.LicenseStore;
import dev.codicil.samples.authority.web.Problem;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The states the authority can be put into, under the names its consumers' contracts use. */
@Component
@Profile("contract-test")
class States {

  private static final Pattern LICENSE =
      Pattern.compile("license ([A-Za-z0-9-]{1,40}) (is active|is expired|is revoked|is absent)");
  private static final String NO_LICENSES = "no licenses exist";
  private static final String KNOWN =
      "'license ID is active', 'license ID is expired', 'license ID is revoked',"
          + " 'license ID is absent', '"
          + NO_LICENSES
          + "'";

  private static final Instant FUTURE = Instant.parse("2099-12-31T00:00:00Z");
  private static final Instant PAST = Instant.parse("2020-12-31T00:00:00Z");

  private final LicenseStore store;

  States(LicenseStore store) {
    this.store = store;
  }

  void setUp(String state) {
    if (state.equals(NO_LICENSES)) {
      store.removeAll();
      return;
    }
    Matcher license = known(state);
    String id = license.group(1);
    switch (license.group(2)) {
      case "is active" -> store.put(license(id, false, FUTURE));
      case "is expired" -> store.put(license(id, false, PAST));
      case "is revoked" -> store.put(license(id, true, FUTURE));
      default -> store.remove(id);
    }
  }

  void tearDown(String state) {
    if (!state.equals(NO_LICENSES)) {
      store.remove(known(state).group(1));
    }
  }

  private static Matcher known(String state) {
    Matcher matcher = LICENSE.matcher(state);
    if (!matcher.matches()) {
      throw Problem.badRequest("unknown state; known are " + KNOWN);
    }
    return matcher;
  }

  private static License license(String id, boolean revoked, Instant validUntil) {
    return new License(id, "A1", "ada", null, 1, revoked, validUntil);
  }
}
