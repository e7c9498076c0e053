package dev.codicil.storm.kafka.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.DynamicVoters;
import org.apache.kafka.server.common.KRaftVersion;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One KRaft node, broker and controller at once, that listens on this machine only. Says {@code
 * READY HOST:PORT} on its standard output once it serves, and ends as soon as its standard input
 * does: whoever started it holds the other end, so it never outlives it.
 */
public final class BrokerProcess {
  private static final int NODE = 1;
  private static final String HOST = "127.0.0.1";

  private BrokerProcess() {}

  /**
   * @param args the folder for its data, which is made, and taken away at the end
   */
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err); // libraries may print; the protocol is ours
    Path folder = Path.of(args[0]);
    endWith(System.in, folder);
    int port = freePort();
    int controller = freePort();
    Map<String, String> settings = settings(folder, port, controller);
    format(folder, controller);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    server.startup();
    out.println("READY " + HOST + ":" + port);
    out.flush();
    server.awaitShutdown();
  }

  /** What a broker for one run needs: one replica of everything, no waiting for more members. */
  private static Map<String, String> settings(Path folder, int port, int controller) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("node.id", Integer.toString(NODE));
    settings.put("process.roles", "broker,controller");
    settings.put("controller.quorum.bootstrap.servers", HOST + ":" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controller);
    settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("log.dirs", folder.toString());
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.min.session.timeout.ms", "1000");
    settings.put("auto.create.topics.enable", "false");
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    settings.put("log.index.size.max.bytes", "524288");
    settings.put("log.segment.bytes", "67108864");
    return settings;
  }

  private static void format(Path folder, int controller) throws Exception {
    Files.createDirectories(folder);
    Formatter formatter = new Formatter();
    formatter
        .setPrintStream(System.err)
        .setNodeId(NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(folder.toString())
        .addDirectory(folder.toString())
        .setIgnoreFormatted(false)
        .setHasDynamicQuorum(true)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setFeatureLevel(KRaftVersion.FEATURE_NAME, KRaftVersion.KRAFT_VERSION_1.featureLevel())
        .setInitialControllers(
            DynamicVoters.parse(NODE + "@" + HOST + ":" + controller + ":" + Uuid.randomUuid()))
        .run();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Reads to the end of what the parent holds, then ends at once: nothing here is kept. */
  private static void endWith(InputStream parent, Path folder) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (parent.read() >= 0) {
                  // Nothing is ever said.
                }
              } catch (IOException gone) {
                // That is the end as well.
              }
              delete(folder);
              Runtime.getRuntime().halt(0);
            },
            "codicil-parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      // In a folder of this run, which the next one empties.
    }
  }
}
