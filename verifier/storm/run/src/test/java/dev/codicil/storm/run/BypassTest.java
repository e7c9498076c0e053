package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        Bypass.Seen seen = Bypass.look(child.toHandle(), List.of(known));
        assertThat(seen.unavailable()).isNull();
        assertThat(seen.around())
            .containsExactly(new Bypass.Connection("127.0.0.1:" + other.getLocalPort(), false));
        assertThat(Bypass.look(child.toHandle(), List.of(known, address(other))).around())
            .isEmpty();
        InetSocketAddress every = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        assertThat(Bypass.look(child.toHandle(), List.of(every)).around()).isEmpty();
      } finally {
        child.descendants().forEach(ProcessHandle::destroyForcibly);
        child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      }
      assertThat(Bypass.look(child.toHandle(), List.of()).around())
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
    Bypass.Seen seen = Bypass.look(proc, List.of(7L, 8L), List.of());
    assertThat(seen.unavailable()).isNull();
    assertThat(seen.around())
        .containsExactly(
            new Bypass.Connection("10.0.0.5:5432", true),
            new Bypass.Connection("10.0.0.6:80", false),
            new Bypass.Connection("10.0.0.9:80", false),
            new Bypass.Connection("[2001:db8:0:0:0:0:0:2]:443", false));
  }

  @Test
  void saysSoWhereThereIsNoTable() {
    assertThat(Bypass.look(proc.resolve("none"), List.of(7L), List.of()).unavailable())
        .startsWith("not available");
  }

  @Test
  void saysSoWhenATableCannotBeUnderstood() throws Exception {
    table("tcp", row("0100007F:1F90", "zz:0", "01", 11));
    process(7, 11);
    assertThat(Bypass.look(proc, List.of(7L), List.of()).unavailable())
        .startsWith("not available")
        .contains("cannot be read");
  }

  private void table(String name, String... rows) throws IOException {
    for (String folder : List.of("net", "7/net")) {
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
