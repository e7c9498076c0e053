package dev.codicil.storm.run;

import dev.codicil.storm.proxy.CertificateAuthority;
import dev.codicil.storm.proxy.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
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

  private Trust(CertificateAuthority authority, Path ca, Path store) {
    this.authority = authority;
    this.ca = ca;
    this.store = store;
  }

  /** Makes an authority and writes its certificate into a folder, which is made as well. */
  static Trust in(Path folder) throws IOException {
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
    return new Trust(authority, ca, store);
  }

  /** What an edge shows to the subject that calls over it. */
  Tls edge() {
    return new Tls(new Tls.Listening(authority, NAMES, false), null);
  }

  /** What stands for which placeholder. */
  Map<String, String> placeholders() {
    return Map.of(
        "tls.ca", ca.toString(), "tls.truststore", store.toString(), "tls.password", PASSWORD);
  }
}
