package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:5432", "[::1]:5432", "db.local:1", "*:65535", "db:*", "*:*"})
  void isWrittenAsItIsRead(String text) {
    assertThat(Peer.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":5432",
        "db",
        "db:",
        "db:0",
        "db:-1",
        "db:65536",
        "db:99999999999",
        "db:http",
        "::1:5432",
        "http://db:5432",
        "[]:5432",
        " :5432"
      })
  void whatIsNoHostAndPortIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Peer.parse(text));
  }
}
