package dev.codicil.storm.run;

import dev.codicil.chaos.Effect.Resolve.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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

  private final Path file;
  private final Map<String, Answer> broken = new TreeMap<>();
  private final Collection<String> upstreams;

  /** Writes the file, all names well. */
  HostsFile(Path folder, String subject, Collection<String> upstreams) throws IOException {
    this.file =
        folder.resolve("hosts-" + SubjectProcess.fileName(subject)).toAbsolutePath().normalize();
    this.upstreams = upstreams;
    Files.createDirectories(folder);
    Files.writeString(security(), FORGETFUL);
    write();
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
    try {
      lines.append(HERE).append(' ').append(InetAddress.getLocalHost().getHostName()).append('\n');
    } catch (UnknownHostException nameless) {
      // Then no subject asks for it either.
    }
    for (String upstream : upstreams) {
      Answer answer = broken.get(upstream);
      if (answer != Answer.UNRESOLVABLE) {
        lines.append(answer == null ? HERE : NOBODY);
        lines.append(' ').append(name(upstream)).append('\n');
      }
    }
    Files.writeString(file, lines);
  }
}
