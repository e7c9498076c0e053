package dev.codicil.storm.proxy;

import org.junit.jupiter.api.BeforeAll;

/** Other protocols once more, without epoll, as on any system that is not Linux. */
class PortableTunnelTest extends FaultProxyTunnelTest {
  @BeforeAll
  static void openLoop() {
    ProxyTestBase.openLoop();
    loop.close();
    loop = StormLoop.portable();
  }
}
