package dev.codicil.storm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed bodies and digests. */
class FaultProxyCodingTest extends ProxyTestBase {
  private static final String JSON = "{\"name\":\"" + "abc".repeat(200) + "\"}";

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void faultsADecodedBodyAndCodesItAgain(String name) throws Exception {
    Coding coding = Coding.of(name);
    String coded = text(coding.encode(Payload.of(JSON)));
    try (RawServer server = serve(json(coded, "Content-Encoding: " + name));
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.injector(
              Stream.DOWNSTREAM,
              true,
              exchange ->
                  List.of(
                      new Effect.ReplaceBody(
                          Payload.of(exchange.body().utf8().replace("name", "nam"))))));
      String reply = client.say(GET).reply();
      String body = reply.substring(reply.indexOf("\r\n\r\n") + 4);
      Payload plain = coding.decode(payload(body), 10_000);
      assertThat(plain).isEqualTo(Payload.of(JSON.replace("name", "nam")));
      assertThat(Raw.field(reply, "content-encoding")).isEqualTo(name);
      assertThat(Raw.field(reply, "content-length")).isEqualTo("" + body.length());
      EdgeLog log = proxy.disarm();
      assertThat(log.notes()).isEmpty();
      assertThat(log.seenDownstream()).containsExactly("/name");
    }
  }

  @Test
  void letsABuiltInFaultDropAFieldOfACodedBody() throws Exception {
    String coded = text(Coding.GZIP.encode(Payload.of("{\"a\":1,\"b\":2}")));
    try (RawServer server = serve(json(coded, "Content-Encoding: gzip"));
        Raw client = client()) {
      PlannedFault planned =
          new PlannedFault(
              "drop-field",
              ScriptedFault.EDGE,
              Stream.DOWNSTREAM,
              Parameters.NONE.with("pointer", "/a"));
      proxy.arm(
          Injector.of(
              1, "s", List.of(new BoundFault(planned, Faults.byId("drop-field").orElseThrow()))));
      String reply = client.say(GET).reply();
      String body = reply.substring(reply.indexOf("\r\n\r\n") + 4);
      assertThat(Coding.GZIP.decode(payload(body), 100)).isEqualTo(Payload.of("{\"b\":2}"));
    }
  }

  @Test
  void passesACodedBodyByteForByteWhenNoFaultChangesIt() throws Exception {
    String coded = text(Coding.GZIP.encode(Payload.of(JSON)));
    try (RawServer server = serve(json(coded, "Content-Encoding: gzip"));
        Raw client = client()) {
      proxy.arm(ScriptedFault.injector(Stream.DOWNSTREAM, true, exchange -> List.of()));
      assertThat(client.say(GET).reply()).endsWith("\r\n\r\n" + coded);
    }
  }

  @Test
  void cutsACodedBodyAtTheSameFractionOfItsBytesOnTheWire() throws Exception {
    Payload gzip = Coding.GZIP.encode(Payload.of(JSON));
    try (RawServer server = serve(json(text(gzip), "Content-Encoding: gzip"));
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.injector(
              Stream.DOWNSTREAM,
              true,
              exchange ->
                  List.of(new Effect.Cut(Effect.Cut.How.CLOSE, exchange.body().size() / 2))));
      Raw.Rest rest = client.say(GET).rest();
      assertThat(rest.body()).hasSize(JSON.length() / 2 * gzip.size() / JSON.length());
      assertThat(Raw.field(rest.text(), "content-length")).isEqualTo("" + gzip.size());
    }
  }

  @Test
  void saysWhenABodyIsNotWhatItsCodingSays() throws Exception {
    try (RawServer server = serve(json(JSON, "Content-Encoding: gzip"));
        Raw client = client()) {
      proxy.arm(ScriptedFault.injector(Stream.DOWNSTREAM, true, exchange -> List.of()));
      assertThat(client.say(GET).reply()).endsWith(JSON);
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.NOT_SEEN, ExchangeNote.Kind.NOT_PERFORMED);
    }
  }

  @Test
  void doesNotUnpackABomb() throws Exception {
    String bomb = text(Coding.GZIP.encode(Payload.of(new byte[64 << 20])));
    try (RawServer server = serve(json(bomb, "Content-Encoding: gzip"));
        Raw client = client()) {
      proxy.arm(ScriptedFault.injector(Stream.DOWNSTREAM, true, exchange -> List.of()));
      assertThat(client.say(GET).reply()).endsWith(bomb);
      assertThat(proxy.disarm().notes())
          .extracting(ExchangeNote::kind)
          .containsExactly(ExchangeNote.Kind.NOT_SEEN, ExchangeNote.Kind.NOT_PERFORMED);
    }
  }

  @Test
  void makesDigestsAnewForAReplacedBodyAndDropsThoseItCannotMake() throws Exception {
    try (RawServer server =
            serve(
                json(
                    JSON,
                    "Content-Digest: sha-256=:AAAA:, crc32c=:AA==:",
                    "Repr-Digest: unixsum=:AA==:",
                    "Digest: SHA-256=AAAA,MD5=BBBB",
                    "Content-MD5: CCCC",
                    "ETag: \"v1\""));
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.always(Stream.DOWNSTREAM, new Effect.ReplaceBody(Payload.of("changed"))));
      String reply = client.say(GET).reply();
      String sha = digest("SHA-256", "changed");
      String md5 = digest("MD5", "changed");
      assertThat(Raw.field(reply, "content-digest")).isEqualTo("sha-256=:" + sha + ":");
      assertThat(Raw.field(reply, "repr-digest")).isNull();
      assertThat(Raw.field(reply, "digest")).isEqualTo("SHA-256=" + sha + ", MD5=" + md5);
      assertThat(Raw.field(reply, "content-md5")).isEqualTo(md5);
      assertThat(Raw.field(reply, "etag")).isEqualTo("\"v1\"");
    }
  }

  @Test
  void leavesADigestWrongWhenTheFaultSaysSo() throws Exception {
    try (RawServer server = serve(json(JSON, "Content-Digest: sha-256=:AAAA:"));
        Raw client = client()) {
      proxy.arm(
          ScriptedFault.injector(
              Stream.DOWNSTREAM,
              true,
              exchange ->
                  List.of(
                      new Effect.ReplaceBody(Payload.of("changed")),
                      new Effect.SetHeaders(
                          dev.codicil.contract.Headers.of(
                              Map.of(
                                  "content-digest", exchange.headers().all("content-digest")))))));
      assertThat(Raw.field(client.say(GET).reply(), "content-digest")).isEqualTo("sha-256=:AAAA:");
    }
  }

  @Test
  void keepsStaleRepliesInTheirCoding() throws Exception {
    String coded = text(Coding.GZIP.encode(Payload.of(JSON)));
    try (RawServer server = serve(json(coded, "Content-Encoding: gzip"));
        Raw client = client()) {
      proxy.arm(Injector.NONE);
      client.say(GET).reply();
      proxy.arm(ScriptedFault.always(Stream.DOWNSTREAM, new Effect.Stale()));
      assertThat(client.say(GET).reply()).endsWith("\r\n\r\n" + coded);
    }
  }

  @Test
  void acceptsOnlyWhatItCanRead() {
    io.netty.handler.codec.http.HttpHeaders headers =
        new io.netty.handler.codec.http.DefaultHttpHeaders();
    assertThat(Coding.narrow(headers)).isFalse();
    headers.set("accept-encoding", "gzip, deflate;q=0.5");
    assertThat(Coding.narrow(headers)).isFalse();
    headers.set("accept-encoding", "br, zstd;q=0.9, *;q=0.1");
    assertThat(Coding.narrow(headers)).isTrue();
    assertThat(headers.get("accept-encoding")).isEqualTo("identity");
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "DEFLATE"})
  void decodesWhatItCodes(Coding coding) {
    Payload plain = Payload.of(JSON);
    assertThat(coding.decode(coding.encode(plain), JSON.length())).isEqualTo(plain);
    assertThat(coding.decode(coding.encode(plain), JSON.length() - 1)).isNull();
  }

  @Test
  void understandsDeflateWithoutItsHeader() {
    java.util.zip.Deflater deflater = new java.util.zip.Deflater(6, true);
    deflater.setInput(JSON.getBytes(StandardCharsets.US_ASCII));
    deflater.finish();
    byte[] bytes = new byte[10_000];
    int length = deflater.deflate(bytes);
    deflater.end();
    Payload raw = Payload.of(java.util.Arrays.copyOf(bytes, length));
    assertThat(Coding.DEFLATE.decode(raw, 10_000)).isEqualTo(Payload.of(JSON));
  }

  private static String json(String body, String... fields) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n"
        + String.join("\r\n", fields)
        + "\r\n\r\n"
        + body;
  }

  private static String text(Payload bytes) {
    return new String(bytes.bytes(), StandardCharsets.ISO_8859_1);
  }

  private static Payload payload(String text) {
    return Payload.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String digest(String algorithm, String text) throws Exception {
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
