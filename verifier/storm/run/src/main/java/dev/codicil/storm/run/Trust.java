package dev.codicil.storm.run;

import dev.codicil.storm.proxy.CertificateAuthority;
import dev.codicil.storm.proxy.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The authority that certifies the TLS edges of one lane, and the files that make its subjects
 * trust them. Only its certificate is written down, never a key.
 */
final class Trust {
  /** Of a store that holds nothing secret: Java trusts nothing from a store without a password. */
  private static final String PASSWORD = "codicil";

  private static final List<String> NAMES = List.of("localhost", "127.0.0.1");

  private final CertificateAuthority authority;
  private final Path ca;
  private final Path store;

  private final List<String> names;

  private Trust(CertificateAuthority authority, List<String> names, Path ca, Path store) {
    this.authority = authority;
    this.names = names;
    this.ca = ca;
    this.store = store;
  }

  /**
   * Makes an authority and writes its certificate into a folder, which is made as well.
   *
   * @param more names of edges beside those of this machine
   */
  static Trust in(Path folder, List<String> more) throws IOException {
    CertificateAuthority authority =
        CertificateAuthority.create("Codicil, for this run", Instant.now());
    Files.createDirectories(folder);
    Path ca = folder.resolve("ca.pem").toAbsolutePath();
    Path store = folder.resolve("truststore.p12").toAbsolutePath();
    Files.writeString(ca, authority.pem());
    try (OutputStream out = Files.newOutputStream(store)) {
      authority.trustStore().store(out, PASSWORD.toCharArray());
    } catch (GeneralSecurityException missing) {
      throw new IOException("this Java cannot write PKCS12 stores", missing);
    }
    List<String> names = new ArrayList<>(NAMES);
    names.addAll(more);
    return new Trust(authority, names, ca, store);
  }

  /** What an edge shows to the subject that calls over it. */
  Tls edge() {
    return new Tls(new Tls.Listening(authority, names, false), null);
  }

  /** What stands for which placeholder. */
  Map<String, String> placeholders() {
    return Map.of(
        "tls.ca", ca.toString(), "tls.truststore", store.toString(), "tls.password", PASSWORD);
  }
}
