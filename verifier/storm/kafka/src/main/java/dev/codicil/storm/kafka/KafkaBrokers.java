package dev.codicil.storm.kafka;

import dev.codicil.experiment.Broker;
import dev.codicil.experiment.Peer;
import dev.codicil.storm.run.BrokerFailure;
import dev.codicil.storm.run.MessageBroker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/** Opens Kafka brokers: one of our own for the run, or one that stands on this machine. */
public final class KafkaBrokers implements MessageBroker.Opener {

  @Override
  public MessageBroker open(Broker declared, Path logDir)
      throws BrokerFailure, InterruptedException {
    Peer address = declared.address();
    if (address == null) {
      BrokerChild child = BrokerChild.start(logDir.resolve("broker-" + declared.name()));
      return KafkaBroker.connect(child.address(), "", child);
    }
    if (!isLocal(address)) {
      throw new BrokerFailure(
          "the broker '"
              + declared.name()
              + "' is at "
              + address
              + ", which is not this machine: messages are published to brokers on loopback only");
    }
    String prefix = "codicil-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".";
    return KafkaBroker.connect(address.toString(), prefix, null);
  }

  private static boolean isLocal(Peer address) {
    try {
      for (InetAddress one : InetAddress.getAllByName(address.host())) {
        if (!one.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
