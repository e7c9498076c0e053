package dev.codicil.samples.storm;

import dev.codicil.junit.ProviderReplay;
import dev.codicil.junit.Replay;
import dev.codicil.junit.Upstreams;
import dev.codicil.samples.authority.AuthorityApplication;
import org.junit.jupiter.api.TestTemplate;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The authority keeps what checkout relies on, also while the partner it asks is late or down. */
@SpringBootTest(
    classes = AuthorityApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "authority.issue-check=guarded")
@ActiveProfiles("contract-test")
@ProviderReplay(
    provider = "license-authority",
    consumer = "checkout",
    chaos = {"slow-partner", "outage"})
class LicenseAuthorityReplayTest {

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void upstreams(DynamicPropertyRegistry registry) {
    registry.add(
        "authority.partner-url",
        () -> Upstreams.url(LicenseAuthorityReplayTest.class, "partner").toString());
  }

  @TestTemplate
  void keepsItsPromises(Replay replay) {
    replay.against(port);
  }
}
