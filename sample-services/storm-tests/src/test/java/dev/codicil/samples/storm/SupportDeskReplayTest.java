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

/** The authority keeps what the support desk relies on: its Spring Cloud Contract set, replayed. */
@SpringBootTest(classes = AuthorityApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("contract-test")
@ProviderReplay(provider = "license-authority", consumer = "support-desk", chaos = "outage")
class SupportDeskReplayTest {

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void upstreams(DynamicPropertyRegistry registry) {
    registry.add(
        "authority.partner-url",
        () -> Upstreams.url(SupportDeskReplayTest.class, "partner").toString());
  }

  @TestTemplate
  void keepsItsPromises(Replay replay) {
    replay.against(port);
  }
}
