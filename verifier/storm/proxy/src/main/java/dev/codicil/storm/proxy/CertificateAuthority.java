package dev.codicil.storm.proxy;

import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authority that lives as long as a run and certifies the edges of that run. Its keys are made
 * anew (EC P-256) and are never written down. Immutable.
 */
public final class CertificateAuthority {
  private static final Duration PAST = Duration.ofDays(90);
  private static final Duration FUTURE = Duration.ofDays(365);
  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";

  private final SecureRandom random = new SecureRandom();
  private final String name;
  private final Instant now;
  private final KeyPair keys;
  private final X509Certificate certificate;

  /**
   * A certificate with its key.
   *
   * @param key private
   * @param chain the certificate itself first
   */
  public record Identity(PrivateKey key, List<X509Certificate> chain) {
    public Identity {
      chain = List.copyOf(chain);
    }
  }

  private CertificateAuthority(String name, Instant now) throws GeneralSecurityException {
    this.name = name;
    this.now = now;
    this.keys = keys();
    this.certificate =
        certify(name, keys.getPublic(), List.of(), true, now.minus(PAST), now.plus(FUTURE));
  }

  /**
   * Makes an authority.
   *
   * @param name common name, for people
   * @param now from whose days on it is valid
   */
  public static CertificateAuthority create(String name, Instant now) {
    try {
      return new CertificateAuthority(name, now);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java cannot make EC certificates", missing);
    }
  }

  /** The root that clients have to trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The root as PEM, for subjects that take a file of trusted roots. */
  public String pem() {
    try {
      String body =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A key store that holds the root only, for subjects that take a Java trust store. */
  public KeyStore trustStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("root", certificate);
      return store;
    } catch (GeneralSecurityException | java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Certifies one end of a connection for a month around now.
   *
   * @param names host names and IP addresses; the first one is the common name as well
   */
  public Identity issue(List<String> names) {
    return issue(names, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
  }

  /** The same, but over since a month ago. */
  Identity expired(List<String> names) {
    return issue(names, now.minus(Duration.ofDays(60)), now.minus(Duration.ofDays(30)));
  }

  /** Another authority of the same age and name, which nobody trusts. */
  CertificateAuthority stranger() {
    return create(name, now);
  }

  private Identity issue(List<String> names, Instant from, Instant until) {
    try {
      KeyPair pair = keys();
      X509Certificate leaf = certify(names.get(0), pair.getPublic(), names, false, from, until);
      return new Identity(pair.getPrivate(), List.of(leaf, certificate));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("no certificate could be made for " + names, broken);
    }
  }

  private KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  /** RFC 5280, section 4.1. */
  private X509Certificate certify(
      String subject,
      PublicKey key,
      List<String> names,
      boolean authority,
      Instant from,
      Instant until)
      throws GeneralSecurityException {
    byte[] algorithm = Der.sequence(Der.object(ECDSA_WITH_SHA256));
    byte[] constraints =
        Der.sequence(
            Der.object(BASIC_CONSTRAINTS),
            Der.yes(),
            Der.octets(authority ? Der.sequence(Der.yes()) : Der.sequence()));
    byte[] body =
        Der.sequence(
            Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(120, random).setBit(119)),
            algorithm,
            distinguished(name),
            Der.sequence(Der.time(from), Der.time(until)),
            distinguished(subject),
            key.getEncoded(),
            Der.tagged(0xa3, Der.sequence(constraints, alternatives(names))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate(), random);
    signature.update(body);
    byte[] whole = Der.sequence(body, algorithm, Der.bits(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] distinguished(String common) {
    return Der.sequence(Der.set(Der.sequence(Der.object(COMMON_NAME), Der.utf8(common))));
  }

  private static byte[] alternatives(List<String> names) {
    if (names.isEmpty()) {
      return new byte[0];
    }
    byte[] all = new byte[0];
    for (String one : names) {
      byte @Nullable [] address = NetUtil.createByteArrayFromIpAddressString(one);
      all =
          Der.join(
              all,
              address == null
                  ? Der.tagged(0x82, one.getBytes(StandardCharsets.US_ASCII))
                  : Der.tagged(0x87, address));
    }
    return Der.sequence(Der.object(ALTERNATIVE_NAMES), Der.octets(Der.sequence(all)));
  }
}
