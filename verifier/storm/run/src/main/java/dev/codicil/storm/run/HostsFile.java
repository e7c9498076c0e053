package dev.codicil.storm.run;

import dev.codicil.chaos.Effect.Resolve.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names that one subject knows, as hosts(5) has them. A Java process reads it anew at each
 * lookup when it is started with {@code -Djdk.net.hosts.file}, and then knows no other names; any
 * other process that has a file system of its own can have it as its {@code /etc/hosts}. So the
 * file is never replaced, only written over.
 */
final class HostsFile {
  /** RFC 6761: a name below this is nobody's. */
  private static final String ZONE = ".codicil.test";

  private static final String HERE = "127.0.0.1";

  /** Loopback as well, and proxies listen on the other one only. */
  private static final String NOBODY = "127.0.0.2";

  /** A system property alone would not do: what {@code java.security} says of misses wins. */
  private static final String FORGETFUL =
      "networkaddress.cache.ttl=0\nnetworkaddress.cache.negative.ttl=0\n";

  /** Under which subjects are told where it is. */
  static final String PLACEHOLDER = "hosts";

  private final Path file;
  private final List<String> own;
  private final String here;
  private final Map<String, Answer> broken = new TreeMap<>();
  private final Collection<String> upstreams;

  /** Writes the file, all names well, for a process of this machine. */
  HostsFile(Path folder, String subject, Collection<String> upstreams) throws IOException {
    this(folder, subject, upstreams, machine(), HERE);
  }

  /**
   * Writes the file, all names well.
   *
   * @param own lines beside those of the upstreams
   * @param here where this machine is, seen from the subject
   */
  private HostsFile(
      Path folder, String subject, Collection<String> upstreams, List<String> own, String here)
      throws IOException {
    this.own = own;
    this.here = here;
    this.file =
        folder.resolve("hosts-" + SubjectProcess.fileName(subject)).toAbsolutePath().normalize();
    this.upstreams = upstreams;
    Files.createDirectories(folder);
    Files.writeString(security(), FORGETFUL);
    write();
  }

  /**
   * The same for a container, which has it as its {@code /etc/hosts}.
   *
   * @param host name under which it reaches this machine
   * @param gateway the address
   */
  static HostsFile inContainer(
      Path folder, String subject, Collection<String> upstreams, String host, InetAddress gateway)
      throws IOException {
    String address = gateway.getHostAddress();
    return new HostsFile(
        folder,
        subject,
        upstreams,
        List.of(HERE + " " + hostname(subject), address + " " + host),
        address);
  }

  /** How a container of a subject knows itself: RFC 1123 admits letters, digits and hyphens. */
  static String hostname(String subject) {
    String label = subject.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = label.length() > 60 ? label.substring(0, 60) : label;
    return cut.replaceAll("^-|-$", "");
  }

  private static List<String> machine() {
    try {
      return List.of(HERE + " " + InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException nameless) {
      return List.of(); // then no subject asks for it either
    }
  }

  /** The name under which an upstream is called. */
  static String name(String upstream) {
    String label = upstream.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return label.replaceAll("^-|-$", "") + ZONE;
  }

  Path path() {
    return file;
  }

  /** For {@code -Djava.security.properties}: a Java process then asks for a name each time. */
  Path security() {
    return file.resolveSibling(file.getFileName() + ".security");
  }

  /** Lets a name lead nowhere. */
  void breakName(String upstream, Answer answer) throws IOException {
    broken.put(upstream, answer);
    write();
  }

  /** Lets it lead to the upstream again. */
  void mend(String upstream) throws IOException {
    broken.remove(upstream);
    write();
  }

  private void write() throws IOException {
    StringBuilder lines = new StringBuilder(HERE + " localhost\n::1 localhost\n");
    own.forEach(line -> lines.append(line).append('\n'));
    for (String upstream : upstreams) {
      Answer answer = broken.get(upstream);
      if (answer != Answer.UNRESOLVABLE) {
        lines.append(answer == null ? here : NOBODY);
        lines.append(' ').append(name(upstream)).append('\n');
      }
    }
    Files.writeString(file, lines);
  }
}
