package dev.codicil.storm.kafka;

import java.nio.file.Path;

/** Where the tests find the libraries of the broker: in the module that is built before. */
final class TestLibraries {
  private TestLibraries() {}

  static void name() {
    if (System.getProperty(BrokerChild.LIBRARIES) == null) {
      System.setProperty(
          BrokerChild.LIBRARIES,
          Path.of("../kafka-broker/target/kafka-broker").toAbsolutePath().normalize().toString());
    }
  }
}
