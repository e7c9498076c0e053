package dev.codicil.chaos.fault;

import dev.codicil.chaos.Exchange;
import dev.codicil.contract.Headers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** What faults on bodies ask of a message before they touch it. */
final class Bodies {
  private Bodies() {}

  /**
   * Why the bytes of a body are not those of its text; empty when they are. The proxy asks servers
   * for unencoded replies, so this meets only the ones that encode all the same.
   */
  static Optional<String> encoded(Exchange exchange) {
    for (String coding : exchange.headers().all("content-encoding")) {
      if (!coding.isBlank() && !coding.trim().equalsIgnoreCase("identity")) {
        return Optional.of("the body is encoded (content-encoding)");
      }
    }
    return Optional.empty();
  }

  /** Why a reader need not take the body for UTF-8 text; empty when it must. */
  static Optional<String> notUtf8(Exchange exchange) {
    Headers headers = exchange.headers();
    String media = headers.mediaType();
    boolean textual =
        media.isEmpty()
            || media.startsWith("text/")
            || media.endsWith("json")
            || media.endsWith("xml")
            || media.endsWith("yaml")
            || media.equals("application/x-www-form-urlencoded");
    if (!textual) {
      return Optional.of("the media type is not text");
    }
    String type = headers.first("content-type").orElse("").toLowerCase(Locale.ROOT);
    int charset = type.indexOf("charset=");
    if (charset < 0) {
      return Optional.empty();
    }
    String name = type.substring(charset + "charset=".length()).replace("\"", "").trim();
    return name.startsWith("utf-8") || name.startsWith("us-ascii")
        ? Optional.empty()
        : Optional.of("the character set is not UTF-8");
  }

  /** Where a fraction of {@code size} bytes ends; always short of the whole. */
  static int offset(double fraction, int size) {
    return Math.min((int) (fraction * size), size - 1);
  }

  /** A fraction for the log, in four digits. */
  static String show(double fraction) {
    return BigDecimal.valueOf(fraction).setScale(4, RoundingMode.HALF_UP).toPlainString();
  }
}
