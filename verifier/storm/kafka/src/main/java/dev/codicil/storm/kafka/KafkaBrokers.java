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
  private static final int PATIENCE_MILLIS = 15_000;

  private final int patienceMillis;

  /** Opens brokers and waits for their answers as long as one may take. */
  public KafkaBrokers() {
    this(PATIENCE_MILLIS);
  }

  private KafkaBrokers(int patienceMillis) {
    this.patienceMillis = patienceMillis;
  }

  static KafkaBrokers within(int patienceMillis) {
    return new KafkaBrokers(patienceMillis);
  }

  @Override
  public MessageBroker open(Broker declared, Path logDir)
      throws BrokerFailure, InterruptedException {
    Peer address = declared.address();
    if (address == null) {
      BrokerChild child = BrokerChild.start(logDir.resolve("broker-" + declared.name()));
      return KafkaBroker.connect(child.address(), "", child, patienceMillis);
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
    return KafkaBroker.connect(address.toString(), prefix, null, patienceMillis);
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
