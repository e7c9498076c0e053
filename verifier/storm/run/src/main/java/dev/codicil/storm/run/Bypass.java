package dev.codicil.storm.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.StringTokenizer;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds TCP connections of a subject that go around its proxies, where no fault can strike. It
 * reads the tables of a Linux kernel (proc(5)) and sees what is open at that moment: a connection
 * that is closed between two looks, and anything over UDP, stays unseen.
 */
final class Bypass {
  /** Place of the inode in a row, and how many columns a row has at least. */
  private static final int INODE = 9;

  private static final int COLUMNS = INODE + 1;

  /** The state TIME_WAIT, which is most rows of a busy machine; no process has such a socket. */
  private static final String NOBODYS = " 06 ";

  private static final Path PROC = Path.of("/proc");

  // States of include/net/tcp_states.h.
  private static final int ESTABLISHED = 0x01;
  private static final int SYN_SENT = 0x02;
  private static final int CLOSE_WAIT = 0x08;
  private static final int FIN_WAIT_1 = 0x04;
  private static final int FIN_WAIT_2 = 0x05;
  private static final int LAST_ACK = 0x09;
  private static final int LISTEN = 0x0a;
  private static final Set<Integer> OUTBOUND =
      Set.of(ESTABLISHED, SYN_SENT, CLOSE_WAIT, FIN_WAIT_1, FIN_WAIT_2, LAST_ACK);

  private Bypass() {}

  /**
   * A connection that a subject opened itself.
   *
   * @param address of the other end
   * @param attempted whether it is not established yet
   */
  record Connection(InetSocketAddress address, boolean attempted)
      implements Comparable<Connection> {
    /** {@code ADDRESS:PORT} of the other end, IPv6 in brackets. */
    String remote() {
      return text(address);
    }

    @Override
    public int compareTo(Connection other) {
      int byRemote = remote().compareTo(other.remote());
      return byRemote != 0 ? byRemote : Boolean.compare(attempted, other.attempted);
    }
  }

  /**
   * What one look has found.
   *
   * @param bySubject connections that go around, each remote once
   * @param listening ports on which the processes listen
   * @param unavailable why nothing can be said; null when the tables were read
   */
  record Seen(
      Map<String, SortedSet<Connection>> bySubject,
      Set<Integer> listening,
      @Nullable String unavailable) {
    Seen {
      bySubject = Map.copyOf(bySubject);
      listening = Set.copyOf(listening);
    }

    /** Connections of a subject that go around, in order. */
    SortedSet<Connection> around(String subject) {
      return bySubject.getOrDefault(subject, Collections.emptySortedSet());
    }

    private static Seen nothing(String why) {
      return new Seen(Map.of(), Set.of(), why);
    }
  }

  /**
   * Looks at subjects that run together and so may talk to each other's processes.
   *
   * @param pids all processes, by subject
   * @param known where each may connect to, such as the proxies; port 0 stands for every port of
   *     that address
   * @param own ports of this machine that belong to them as well as those they listen on now
   */
  static Seen look(
      Map<String, ? extends Collection<Long>> pids,
      Collection<InetSocketAddress> known,
      Collection<Integer> own) {
    return look(PROC, pids, known, own);
  }

  static Seen look(
      Path proc,
      Map<String, ? extends Collection<Long>> pids,
      Collection<InetSocketAddress> known,
      Collection<Integer> own) {
    if (!Files.isReadable(proc.resolve("net/tcp"))) {
      return Seen.nothing("connections are read from /proc/net/tcp, which only Linux has");
    }
    try {
      Map<Long, String> sockets = new HashMap<>();
      Map<String, Path> tables = new HashMap<>();
      for (Map.Entry<String, ? extends Collection<Long>> subject : pids.entrySet()) {
        for (long pid : subject.getValue()) {
          Path process = proc.resolve(Long.toString(pid));
          if (sockets(process.resolve("fd"), subject.getKey(), sockets)) {
            tables.putIfAbsent(namespace(process), process.resolve("net"));
          }
        }
      }
      List<Row> rows = new ArrayList<>();
      for (Path table : tables.values()) {
        rows(table.resolve("tcp"), sockets, rows);
        rows(table.resolve("tcp6"), sockets, rows);
      }
      Set<Integer> listening = new HashSet<>();
      for (Row row : rows) {
        if (row.state() == LISTEN) {
          listening.add(row.local().getPort());
        }
      }
      Set<Integer> theirs = new HashSet<>(own);
      theirs.addAll(listening);
      return new Seen(around(rows, known, theirs), listening, null);
    } catch (IOException | UncheckedIOException unreadable) {
      return Seen.nothing(unreadable.toString());
    }
  }

  private static Map<String, SortedSet<Connection>> around(
      List<Row> rows, Collection<InetSocketAddress> known, Set<Integer> own) {
    Map<String, SortedSet<Connection>> found = new HashMap<>();
    for (Row row : rows) {
      boolean accepted = own.contains(row.local().getPort());
      boolean toItself = isHere(row) && own.contains(row.remote().getPort());
      if (OUTBOUND.contains(row.state()) && !accepted && !toItself && !in(known, row.remote())) {
        found
            .computeIfAbsent(row.subject(), name -> new TreeSet<>())
            .add(new Connection(row.remote(), row.state() == SYN_SENT));
      }
    }
    return found;
  }

  private static boolean isHere(Row row) {
    InetAddress remote = row.remote().getAddress();
    return remote.isLoopbackAddress() || remote.equals(row.local().getAddress());
  }

  private static boolean in(Collection<InetSocketAddress> known, InetSocketAddress remote) {
    for (InetSocketAddress one : known) {
      if (remote.getAddress().equals(one.getAddress())
          && (one.getPort() == 0 || one.getPort() == remote.getPort())) {
        return true;
      }
    }
    return false;
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Adds the sockets that a process of a subject has open; false when it is gone. */
  private static boolean sockets(Path descriptors, String subject, Map<Long, String> into)
      throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path one : all) {
        String target = link(one);
        if (target != null && target.startsWith("socket:[") && target.endsWith("]")) {
          into.put(
              Long.parseLong(target.substring("socket:[".length(), target.length() - 1)), subject);
        }
      }
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /** Processes in one network namespace share one table. */
  private static String namespace(Path process) {
    String link = link(process.resolve("ns/net"));
    return link == null ? process.toString() : link;
  }

  private static @Nullable String link(Path path) {
    try {
      return Files.readSymbolicLink(path).toString();
    } catch (IOException gone) {
      return null;
    }
  }

  /** One line of a table. */
  private record Row(
      String subject, InetSocketAddress local, InetSocketAddress remote, int state) {}

  private static void rows(Path table, Map<Long, String> sockets, List<Row> into)
      throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.contains(NOBODYS)) {
          row(table, line, sockets, into);
        }
      }
    } catch (NoSuchFileException withoutThatProtocol) {
      return;
    }
  }

  private static void row(Path table, String line, Map<Long, String> sockets, List<Row> into)
      throws IOException {
    // sl local remote state queues timer retransmits uid timeout inode
    StringTokenizer columns = new StringTokenizer(line);
    if (columns.countTokens() < COLUMNS || !columns.nextToken().endsWith(":")) {
      return;
    }
    String local = columns.nextToken();
    String remote = columns.nextToken();
    String state = columns.nextToken();
    for (int i = 4; i < INODE; i++) {
      columns.nextToken();
    }
    try {
      String subject = sockets.get(Long.parseLong(columns.nextToken()));
      if (subject != null) {
        into.add(new Row(subject, address(local), address(remote), Integer.parseInt(state, 16)));
      }
    } catch (IllegalArgumentException strange) {
      throw new IOException(table + " has a line that cannot be read: " + line, strange);
    }
  }

  /** {@code 0100007F:1F90}: 32-bit words in the order of the machine's bytes, then the port. */
  private static InetSocketAddress address(String hex) throws UnknownHostException {
    int colon = hex.indexOf(':');
    byte[] bytes = new byte[colon / 2];
    if (bytes.length != 4 && bytes.length != 16) {
      throw new IllegalArgumentException("not an address: " + hex.toLowerCase(Locale.ROOT));
    }
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    for (int i = 0; i < bytes.length; i++) {
      int at = little ? (i & ~3) + 3 - (i & 3) : i;
      bytes[at] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    return new InetSocketAddress(
        InetAddress.getByAddress(bytes), Integer.parseInt(hex.substring(colon + 1), 16));
  }
}
