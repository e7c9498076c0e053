package dev.codicil.storm.proxy;

import org.junit.jupiter.api.BeforeAll;

/** The cuts once more, without epoll, as on any system that is not Linux. */
class PortableCutTest extends FaultProxyCutTest {
  @BeforeAll
  static void openLoop() {
    ProxyTestBase.openLoop();
    loop.close();
    loop = StormLoop.portable();
  }
}
