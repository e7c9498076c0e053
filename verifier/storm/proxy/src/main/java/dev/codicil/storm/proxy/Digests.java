package dev.codicil.storm.proxy;

import dev.codicil.contract.Payload;
import io.netty.handler.codec.http.HttpHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Digests in header fields, made anew for a body that a fault has replaced: Content-Digest and
 * Repr-Digest (RFC 9530), Digest (RFC 3230) and Content-MD5 (RFC 1864). Algorithms that are not
 * known here are left out. An ETag stays: it names a version, and the fault does not make a new
 * one.
 */
final class Digests {
  private static final Map<String, String> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("sha-256", "SHA-256");
    KNOWN.put("sha-512", "SHA-512");
    KNOWN.put("sha", "SHA-1");
    KNOWN.put("md5", "MD5");
  }

  private Digests() {}

  /** Lets the fields that are there say what is true of the body. */
  static void follow(HttpHeaders headers, Payload body) {
    remake(headers, "content-digest", body, ":");
    remake(headers, "repr-digest", body, ":");
    remake(headers, "digest", body, "");
    if (headers.contains("content-md5")) {
      headers.set("content-md5", digest("MD5", body));
    }
  }

  private static void remake(HttpHeaders headers, String field, Payload body, String quote) {
    if (!headers.contains(field)) {
      return;
    }
    List<String> made = new ArrayList<>();
    for (String item : String.join(",", headers.getAll(field)).split(",", -1)) {
      int equals = item.indexOf('=');
      String name = equals < 0 ? "" : item.substring(0, equals).trim();
      String algorithm = KNOWN.get(name.toLowerCase(Locale.ROOT));
      if (algorithm != null) {
        made.add(name + "=" + quote + digest(algorithm, body) + quote);
      }
    }
    if (made.isEmpty()) {
      headers.remove(field);
    } else {
      headers.set(field, String.join(", ", made));
    }
  }

  private static String digest(String algorithm, Payload body) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance(algorithm).digest(body.bytes()));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this Java has no " + algorithm, missing);
    }
  }
}
