package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Site;
import dev.codicil.amendment.Witness;
import dev.codicil.amendment.Witness.CheckedBy;
import dev.codicil.amendment.Witness.Kind;
import dev.codicil.amendment.Witness.Side;
import dev.codicil.amendment.rule.Excerpt;
import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.Body;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Payload;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a value into a whole message of one side and asks both sides about it. A message is a
 * witness only when the one side finds nothing wrong, and the other something at the changed place.
 */
final class WitnessMessage {
  private static final int LARGEST = 16_384;
  private static final int[] UNLISTED = {500, 400, 200, 418, 599};

  private final Site site;
  private final long seed;
  private final String name;
  private final ShapeSampler.Purpose purpose;
  private final Side valid;
  private final @Nullable Shape allowing;
  private final @Nullable Shape refusing;
  private final Interaction allows;
  private final Interaction refuses;
  private @Nullable String reason;
  private boolean told;

  WitnessMessage(
      Site site,
      long seed,
      String name,
      ShapeSampler.Purpose purpose,
      Side valid,
      @Nullable Shape allowing,
      @Nullable Shape refusing) {
    this.site = site;
    this.seed = seed;
    this.name = name;
    this.purpose = purpose;
    this.valid = valid;
    this.allowing = allowing;
    this.refusing = refusing;
    Interaction before = Objects.requireNonNull(site.before());
    Interaction after = Objects.requireNonNull(site.after());
    this.allows = valid == Side.BASE ? before : after;
    this.refuses = valid == Side.BASE ? after : before;
  }

  /** Why the last message was none. */
  @Nullable String reason() {
    return reason;
  }

  /** Nobody will ask why a message was none, so less has to be found out. */
  void reasonTold() {
    told = true;
  }

  /** A message in which nothing is given but its status and media type. */
  @Nullable Witness plain() {
    if (!(allows instanceof HttpInteraction http)) {
      return none("a message as a whole is shown by none");
    }
    return purpose == ShapeSampler.Purpose.REQUEST
        ? request(http, new RequestSampler.Fixed(Map.of(), mediaType(), null, false, false), null)
        : reply(http, null, false);
  }

  /** A request without a body. */
  @Nullable Witness withoutBody() {
    return allows instanceof HttpInteraction http
        ? request(http, new RequestSampler.Fixed(Map.of(), null, null, true, false), null)
        : none("only requests may have no body");
  }

  /** A message with this value as the part that changed; null leaves the part out. */
  @Nullable Witness withPart(@Nullable JsonNode value) {
    if (!(allows instanceof HttpInteraction http)) {
      return value == null ? none("the part cannot be left out alone") : message(value);
    }
    if (purpose == ShapeSampler.Purpose.REPLY) {
      return reply(http, value, true);
    }
    if (site.mediaType() != null) {
      return request(
          http,
          new RequestSampler.Fixed(Map.of(), mediaType(), value, value == null, false),
          value);
    }
    Map<String, Optional<JsonNode>> given = Map.of(key(), Optional.ofNullable(value));
    Witness witness =
        request(http, new RequestSampler.Fixed(given, null, null, false, false), value);
    // How an object is written into a query is not known here; only one way is understood.
    return witness == null && value != null && value.isObject()
        ? request(http, new RequestSampler.Fixed(given, null, null, false, true), value)
        : witness;
  }

  /** The JSON body of the first example of the side that allows the message; null without one. */
  @Nullable JsonNode exampleBody() {
    return allows instanceof HttpInteraction http ? ExampleParts.body(http) : null;
  }

  /** A parameter may have moved: the other side knows it by another key. */
  private String key() {
    if (site.place() instanceof Place.Input input) {
      Parameter there = valid == Side.BASE ? input.before() : input.after();
      Parameter other = valid == Side.BASE ? input.after() : input.before();
      return there != null ? there.key() : other != null ? other.key() : site.root();
    }
    return site.root();
  }

  private @Nullable String mediaType() {
    if (site.place() instanceof Place.MediaType media) {
      Body body = valid == Side.BASE ? media.bodyBefore() : media.bodyAfter();
      if (MediaTypes.shape(body.content(), media.name()).isPresent()) {
        return media.name();
      }
      return body.content().keySet().stream().findFirst().orElse(null);
    }
    return site.mediaType();
  }

  /** What the document's own example names is there when it is replayed; what is drawn may not. */
  private @Nullable Witness request(
      HttpInteraction http, RequestSampler.Fixed fixed, @Nullable JsonNode value) {
    RequestSampler.Fixed known = ExampleParts.around(http, fixed);
    Witness witness = known.equals(fixed) ? null : asked(http, known, value);
    return witness != null ? witness : asked(http, fixed, value);
  }

  private @Nullable Witness asked(
      HttpInteraction http, RequestSampler.Fixed fixed, @Nullable JsonNode value) {
    RequestSampler.Made made = RequestSampler.make(http, seed, fixed);
    HttpRequest request = made.request();
    if (request == null) {
      return none("no request can be drawn: " + made.reason());
    }
    if (request.body().size() > LARGEST) {
      return none("the request would be larger than is shown");
    }
    Optional<List<Mismatch>> wrong = http.expectation().checkRequest(request);
    Optional<List<Mismatch>> refused =
        refuses instanceof HttpInteraction other
            ? other.expectation().checkRequest(request)
            : Optional.empty();
    Witness draft =
        draft(
            Kind.REQUEST,
            request.method() + " " + request.target(),
            request.headers(),
            request.body());
    return wrong.isPresent() && refused.isPresent()
        ? confirmed(draft, wrong.get(), refused.get())
        : byShapes(draft, value);
  }

  private @Nullable Witness reply(HttpInteraction http, @Nullable JsonNode value, boolean given) {
    int status = status(http);
    Response response = http.response(status).orElse(null);
    if (response == null) {
      return none("the side that would allow it has no such reply");
    }
    boolean header = given && site.mediaType() == null;
    Headers headers = Headers.NONE;
    for (Parameter member : response.headers()) {
      boolean own = header && member.key().equals(site.root());
      JsonNode drawn = own ? value : member.required() ? draw(member.shape(), member.key()) : null;
      if (drawn == null && !own && member.required()) {
        return none(member.key() + ": no value can be drawn");
      }
      if (drawn != null) {
        headers =
            headers.with(member.name(), RequestSampler.printable(RequestSampler.plain(drawn)));
      }
    }
    String type = header ? null : mediaType();
    Payload payload = Payload.EMPTY;
    for (Map.Entry<String, Shape> content : response.body().content().entrySet()) {
      if (type != null
          && !content.getKey().equals(type)
          && !MediaTypes.shape(Map.of(content.getKey(), content.getValue()), type).isPresent()) {
        continue;
      }
      String concrete = MediaTypes.concrete(type != null ? type : content.getKey());
      JsonNode body = given && !header ? value : draw(content.getValue(), "body");
      if (body == null) {
        return none(given ? "the body cannot be left out alone" : "no body can be drawn");
      }
      if (!MediaTypes.isJson(concrete) && !(concrete.startsWith("text/") && body.isValueNode())) {
        return none("no reply can be made for media type " + concrete);
      }
      payload = MediaTypes.isJson(concrete) ? Payload.of(body) : Payload.of(body.asText());
      headers = headers.with("content-type", concrete);
      break;
    }
    if (payload.size() > LARGEST) {
      return none("the reply would be larger than is shown");
    }
    HttpReply reply = new HttpReply(status, headers, payload);
    HttpRequest request = new HttpRequest(http.method(), "/", Headers.NONE, Payload.EMPTY);
    List<Mismatch> refused =
        refuses instanceof HttpInteraction other
            ? other.expectation().check(request, reply)
            : List.of();
    if (told && refused.stream().noneMatch(this::showsChange)) {
      return null;
    }
    List<Mismatch> wrong = http.expectation().check(request, reply);
    return confirmed(draft(Kind.REPLY, "" + status, headers, payload), wrong, refused);
  }

  /** A status for which this entry speaks: a class and {@code default} stand for many. */
  private int status(HttpInteraction http) {
    String status = site.place() instanceof Place.Status place ? place.status() : site.status();
    if (status == null) {
      return 200;
    }
    List<Integer> codes = new ArrayList<>();
    if (status.length() == 3 && Character.isDigit(status.charAt(2))) {
      codes.add(Integer.parseInt(status));
    } else if (status.endsWith("XX")) {
      int first = (status.charAt(0) - '0') * 100;
      codes.addAll(List.of(first, first + 22, first + 99));
    } else {
      for (int code : UNLISTED) {
        codes.add(code);
      }
    }
    return codes.stream()
        .filter(code -> http.response(code).filter(r -> r.status().equals(status)).isPresent())
        .findFirst()
        .orElse(codes.get(0));
  }

  private @Nullable Witness message(JsonNode value) {
    Payload payload = site.mediaType() == null ? Payload.EMPTY : Payload.of(value);
    if (payload.size() > LARGEST) {
      return none("the message would be larger than is shown");
    }
    Headers headers =
        site.mediaType() != null
            ? Headers.of("content-type", MediaTypes.concrete(site.mediaType()))
            : Headers.of(
                site.root().substring(site.root().indexOf(':') + 1),
                RequestSampler.printable(RequestSampler.plain(value)));
    return byShapes(draft(Kind.MESSAGE, allows.description(), headers, payload), value);
  }

  private Witness draft(Kind kind, String start, Headers headers, Payload body) {
    return new Witness(
        kind,
        site.change().path().replace("/*", "/0"),
        start,
        headers,
        body.utf8(),
        valid,
        valid == Side.BASE ? Side.HEAD : Side.BASE,
        new Mismatch("", "", ""),
        CheckedBy.VALIDATOR);
  }

  /** Both sides' own validators decide. */
  private @Nullable Witness confirmed(Witness draft, List<Mismatch> wrong, List<Mismatch> refused) {
    if (!wrong.isEmpty()) {
      Mismatch first = wrong.get(0);
      return none(
          "the validator of the "
              + label(valid)
              + " refuses what was drawn from its schema: "
              + told(first));
    }
    Optional<Mismatch> shown = refused.stream().filter(this::showsChange).findFirst();
    if (shown.isEmpty()) {
      return none(
          refused.isEmpty()
              ? "the validator of the " + label(draft.rejectedOn()) + " accepts all that was drawn"
              : "the validator of the "
                  + label(draft.rejectedOn())
                  + " refuses what was drawn for another reason: "
                  + told(refused.get(0)));
    }
    return with(
        draft, pointer(shown.get().path(), draft.pointer()), shown.get(), CheckedBy.VALIDATOR);
  }

  private static String told(Mismatch mismatch) {
    return Excerpt.of(
        mismatch.path() + ": expected " + mismatch.expected() + ", was " + mismatch.actual());
  }

  /** Where no format validates, the shapes decide about the part alone. */
  private @Nullable Witness byShapes(Witness draft, @Nullable JsonNode value) {
    Change change = site.change();
    if (value == null) {
      boolean required =
          site.place() instanceof Place.Input input
              && required(valid == Side.BASE ? input.after() : input.before())
              && !required(valid == Side.BASE ? input.before() : input.after());
      boolean body =
          site.place() instanceof Place.RequestBody bodies
              && (valid == Side.BASE ? bodies.after() : bodies.before()).required();
      return required || body
          ? with(
              draft,
              change.path(),
              new Mismatch(change.path(), "a value (required)", "missing"),
              CheckedBy.SHAPES)
          : none("no validator of this format's requests can be asked");
    }
    if (allowing == null || refusing == null) {
      return none("no validator of this format can be asked");
    }
    if (!ShapeCheck.allows(allowing, value, purpose)) {
      return none("the schema refuses what was drawn from it");
    }
    if (ShapeCheck.allows(refusing, value, purpose)) {
      return none("no value was drawn that the " + label(draft.rejectedOn()) + " surely refuses");
    }
    return with(
        draft,
        draft.pointer(),
        new Mismatch(
            draft.pointer(),
            "what the " + label(draft.rejectedOn()) + " allows there",
            Excerpt.of(value.toString())),
        CheckedBy.SHAPES);
  }

  private static boolean required(@Nullable Parameter parameter) {
    return parameter != null && parameter.required();
  }

  private static Witness with(Witness draft, String pointer, Mismatch mismatch, CheckedBy by) {
    return new Witness(
        draft.kind(),
        pointer,
        draft.start(),
        draft.headers(),
        draft.body(),
        draft.validOn(),
        draft.rejectedOn(),
        mismatch,
        by);
  }

  private static String pointer(String found, String drawn) {
    return found.startsWith("body") || found.contains(":") ? found : drawn;
  }

  /** Whether a mismatch is at the changed place, below it, or at what contains it. */
  private boolean showsChange(Mismatch mismatch) {
    if (site.place() instanceof Place.Status) {
      return mismatch.path().equals("status");
    }
    if (site.place() instanceof Place.MediaType) {
      return mismatch.path().equals("header:content-type") || mismatch.path().equals("body");
    }
    String[] changed = site.change().path().split("/", -1);
    String[] found = mismatch.path().split("/", -1);
    for (int i = 0; i < Math.min(changed.length, found.length); i++) {
      if (!changed[i].equals(found[i]) && !changed[i].equals("*")) {
        return false;
      }
    }
    return true;
  }

  private @Nullable JsonNode draw(Shape shape, String what) {
    return ShapeSampler.of(seed, purpose)
        .withoutOptionalFields()
        .sample(shape, name + " " + what)
        .value();
  }

  private static String label(Side side) {
    return side == Side.BASE ? "base" : "head";
  }

  private @Nullable Witness none(String why) {
    reason = why;
    return null;
  }
}
