package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.codicil.experiment.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BypassTest {
  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n";

  @TempDir Path proc;

  @Test
  void findsTheConnectionOfAChildsChildUnlessItIsKnown() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "only Linux has these tables");
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash for its /dev/tcp");
    try (ServerSocket edge = listen();
        ServerSocket other = listen()) {
      // The outer shell waits, the inner one holds both connections.
      String script =
          "exec 3<>/dev/tcp/127.0.0.1/%d; exec 4<>/dev/tcp/127.0.0.1/%d; echo ready; read line"
              .formatted(edge.getLocalPort(), other.getLocalPort());
      Process child =
          new ProcessBuilder("/bin/bash", "-c", "/bin/bash -c '" + script + "'; true").start();
      try (Socket first = edge.accept();
          Socket second = other.accept()) {
        assertThat(child.inputReader().readLine()).isEqualTo("ready");
        InetSocketAddress known = address(edge);
        Bypass.Seen seen = look(child, List.of(known));
        assertThat(seen.unavailable()).isNull();
        assertThat(seen.around("svc"))
            .containsExactly(new Bypass.Connection(address(other), false));
        assertThat(look(child, List.of(known, address(other))).around("svc")).isEmpty();
        InetSocketAddress every = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        assertThat(look(child, List.of(every)).around("svc")).isEmpty();
      } finally {
        child.descendants().forEach(ProcessHandle::destroyForcibly);
        child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      }
      assertThat(look(child, List.of()).around("svc"))
          .as("a process that is gone has none")
          .isEmpty();
    }
  }

  @Test
  void tellsWhatASubjectOpenedFromWhatItAcceptedAndFromTalkToItself() throws Exception {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the table below is");
    table(
        "tcp",
        row("0100007F:1F90", "00000000:0000", "0A", 11), // listens on 8080
        row("0100007F:1F90", "0100007F:D431", "01", 12), // accepted
        row("0100007F:D432", "0100007F:1F90", "01", 13), // to itself
        row("0200000A:D433", "0500000A:1538", "02", 14), // tries 10.0.0.5:5432
        row("0200000A:D434", "0600000A:0050", "08", 15), // 10.0.0.6:80, ended by the other side
        row("0200000A:D435", "0700000A:0050", "06", 16), // over, waiting
        row("0200000A:D436", "0800000A:0050", "01", 99)); // somebody else's
    table(
        "tcp6",
        row(
            "0000000000000000FFFF00000200000A:D437",
            "0000000000000000FFFF00000900000A:0050",
            "01",
            17),
        row(
            "B80D0120000000000000000001000000:D438",
            "B80D0120000000000000000002000000:01BB",
            "01",
            18));
    process(7, 11, 12, 13, 14, 15, 16, 17, 18);
    Bypass.Seen seen = Bypass.look(proc, Map.of("svc", List.of(7L, 8L)), List.of(), Set.of());
    assertThat(seen.unavailable()).isNull();
    assertThat(seen.listening()).containsExactly(8080);
    assertThat(seen.around("svc"))
        .extracting(Bypass.Connection::remote, Bypass.Connection::attempted)
        .containsExactly(
            tuple("10.0.0.5:5432", true),
            tuple("10.0.0.6:80", false),
            tuple("10.0.0.9:80", false),
            tuple("[2001:db8:0:0:0:0:0:2]:443", false));
  }

  @Test
  void whatAnotherSubjectOfTheLaneListensOnIsNoWayAround() throws Exception {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the table below is");
    table(
        "tcp",
        row("0100007F:1538", "00000000:0000", "0A", 11), // 7's database on 5432
        row("0100007F:D432", "0100007F:1538", "01", 13), // 8 to 7's database
        row("0100007F:D433", "0100007F:1539", "08", 14)); // 8 to one that is gone: 5433
    process(7, 11);
    process(8, 13, 14);
    Map<String, List<Long>> pids = Map.of("one", List.of(7L), "two", List.of(8L));
    assertThat(Bypass.look(proc, pids, List.of(), Set.of()).around("two"))
        .extracting(Bypass.Connection::remote)
        .containsExactly("127.0.0.1:5433");
    assertThat(Bypass.look(proc, pids, List.of(), Set.of(5433)).bySubject()).isEmpty();
  }

  @Test
  void aProcessIsKnownByItsEnvironmentWhoeverItsParentIs() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/environ")), "only Linux shows it");
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "echo ready; read line; true");
    builder.environment().put(SharedFolder.MARK, proc.toString());
    Process shell = builder.start();
    try {
      assertThat(shell.inputReader().readLine()).isEqualTo("ready");
      assertThat(ProcessTree.marked(SharedFolder.MARK + "=" + proc)).contains(shell.pid());
      assertThat(ProcessTree.marked(SharedFolder.MARK + "=" + proc + "2")).isEmpty();
    } finally {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:5432, true",
    "127.0.0.1:*, true",
    "*:5432, true",
    "localhost:5432, true",
    "127.0.0.1:5433, false",
    "10.0.0.5:5432, false",
    "'[::1]:5432', false",
    "no-such-host.invalid:5432, false"
  })
  void aDeclaredPeerIsAHostAndAPortOrAnyOfThem(String declared, boolean matches) throws Exception {
    InetSocketAddress remote =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 5432);
    assertThat(Lookout.matches(Peer.parse(declared), remote)).isEqualTo(matches);
  }

  @Test
  void saysSoWhereThereIsNoTable() {
    assertThat(
            Bypass.look(proc.resolve("none"), Map.of("svc", List.of(7L)), List.of(), Set.of())
                .unavailable())
        .contains("only Linux");
  }

  @Test
  void saysSoWhenATableCannotBeUnderstood() throws Exception {
    table("tcp", row("0100007F:1F90", "zz:0", "01", 11));
    process(7, 11);
    assertThat(Bypass.look(proc, Map.of("svc", List.of(7L)), List.of(), Set.of()).unavailable())
        .contains("cannot be read");
  }

  private static Bypass.Seen look(Process root, List<InetSocketAddress> known) {
    List<Long> pids = ProcessTree.of(root.toHandle()).stream().map(ProcessHandle::pid).toList();
    return Bypass.look(Map.of("svc", pids), known, Set.of());
  }

  private void table(String name, String... rows) throws IOException {
    for (String folder : List.of("net", "7/net", "8/net")) {
      Files.createDirectories(proc.resolve(folder));
      Files.writeString(proc.resolve(folder).resolve(name), HEADER + String.join("", rows));
    }
  }

  private static String row(String local, String remote, String state, int inode) {
    return "   1: %s %s %s 00000000:00000000 00:00000000 00000000     0        0 %d 1 0 100\n"
        .formatted(local, remote, state, inode);
  }

  private void process(int pid, int... sockets) throws IOException {
    Path descriptors = Files.createDirectories(proc.resolve(pid + "/fd"));
    // Both in one network namespace, which the kernel shows as a link.
    Path own = Files.createDirectories(proc.resolve(pid + "/ns")).resolve("net");
    Files.createSymbolicLink(own, Path.of("net:[1]"));
    Files.createSymbolicLink(descriptors.resolve("0"), Path.of("/dev/null"));
    for (int socket : sockets) {
      Files.createSymbolicLink(
          descriptors.resolve(Integer.toString(socket)), Path.of("socket:[" + socket + "]"));
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
  }

  private static InetSocketAddress address(ServerSocket server) {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }
}
