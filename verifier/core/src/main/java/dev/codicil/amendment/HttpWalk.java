package dev.codicil.amendment;

import dev.codicil.amendment.rule.Excerpt;
import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpInteraction.Style;
import dev.codicil.contract.Response;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks two HTTP interactions: parameters, request body, statuses, their headers and bodies. */
final class HttpWalk {
  private final HttpInteraction before;
  private final HttpInteraction after;
  private final ContractWalk.Spotter spotter;
  private final ShapeWalk shapes;
  private final boolean exact;
  private final Direction there;
  private final Direction back;

  HttpWalk(
      HttpInteraction before,
      HttpInteraction after,
      ContractWalk.Spotter spotter,
      ShapeWalk shapes,
      boolean callback) {
    this.before = before;
    this.after = after;
    this.spotter = spotter;
    this.shapes = shapes;
    this.exact = before.style() == Style.BY_EXAMPLE;
    this.there = callback ? Direction.REPLY : Direction.REQUEST;
    this.back = callback ? Direction.REQUEST : Direction.REPLY;
  }

  void run() {
    Members.inputs(
        there,
        PathNames.renamed(before.parameters(), before.path(), after.path()),
        after.parameters(),
        exact,
        spotter,
        shapes);
    spotter.look(
        new Place.Access(
            new Place.Spot(there, "security", "the request", before.location(), after.location()),
            before.security(),
            after.security()),
        null);
    spotter.look(
        new Place.RequestBody(
            new Place.Spot(
                there,
                "body",
                "request body",
                before.requestBody().location(),
                after.requestBody().location()),
            before.requestBody(),
            after.requestBody()),
        null);
    Bodies.walk(there, exact, null, before.requestBody(), after.requestBody(), spotter, shapes);
    responses();
  }

  private void responses() {
    Map<String, Response> base = byStatus(before.responses());
    Map<String, Response> head = byStatus(after.responses());
    Set<String> statuses = new LinkedHashSet<>(base.keySet());
    statuses.addAll(head.keySet());
    for (String status : statuses) {
      Response was = response(base, status);
      Response is = response(head, status);
      spotter.look(
          new Place.Status(
              new Place.Spot(
                  back,
                  "status:" + status,
                  "status " + Excerpt.of(status),
                  was == null ? null : was.location(),
                  is == null ? null : is.location()),
              status,
              was,
              is,
              base.containsKey(status),
              head.containsKey(status),
              base.keySet().stream().anyMatch(known -> known.charAt(0) == status.charAt(0)),
              head.keySet().stream().anyMatch(known -> known.charAt(0) == status.charAt(0))),
          null);
      if (was != null && is != null) {
        Members.headers(back, was.headers(), is.headers(), status, spotter, shapes);
        Bodies.walk(back, false, status, was.body(), is.body(), spotter, shapes);
      }
    }
  }

  private static Map<String, Response> byStatus(List<Response> responses) {
    Map<String, Response> byStatus = new LinkedHashMap<>();
    for (Response response : responses) {
      if (!response.status().isEmpty()) {
        byStatus.putIfAbsent(response.status(), response);
      }
    }
    return byStatus;
  }

  /**
   * The response a status has on one side, itself or through its class or {@code default}. Beside
   * declared successes, {@code default} stands for errors only.
   */
  private static @Nullable Response response(Map<String, Response> side, String status) {
    Response exact = side.get(status);
    if (exact != null || status.equals("default")) {
      return exact;
    }
    Response family = side.get(status.charAt(0) + "XX");
    if (family != null) {
      return family;
    }
    boolean error = status.charAt(0) == '4' || status.charAt(0) == '5';
    boolean noSuccess = side.keySet().stream().noneMatch(known -> known.charAt(0) == '2');
    return error || noSuccess ? side.get("default") : null;
  }
}
