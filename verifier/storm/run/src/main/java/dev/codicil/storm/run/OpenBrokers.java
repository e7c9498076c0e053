package dev.codicil.storm.run;

import dev.codicil.experiment.Broker;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The brokers of a run, each opened when somebody first needs it. Safe for several threads. */
final class OpenBrokers implements AutoCloseable {
  private final Brokers brokers;
  private final Path logDir;
  private final Map<String, MessageBroker> open = new TreeMap<>();
  private boolean closed;

  OpenBrokers(Brokers brokers, Path logDir) {
    this.brokers = brokers;
    this.logDir = logDir;
  }

  synchronized MessageBroker get(String name) throws BrokerFailure, InterruptedException {
    MessageBroker known = open.get(name);
    if (known != null) {
      return known;
    }
    Broker declared = brokers.declared().get(name);
    if (declared == null) {
      throw new BrokerFailure("no broker '" + name + "' is declared");
    }
    MessageBroker.Opener opener = brokers.openers().get(declared.kind());
    if (opener == null) {
      throw new BrokerFailure(
          "nothing on the class path speaks "
              + declared.kind()
              + ", which broker '"
              + name
              + "' needs");
    }
    if (closed) {
      throw new BrokerFailure("the run is at its end");
    }
    MessageBroker opened = opener.open(declared, logDir);
    open.put(name, opened);
    return opened;
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(MessageBroker::close);
    open.clear();
  }
}
