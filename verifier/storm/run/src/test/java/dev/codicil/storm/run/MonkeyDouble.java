package dev.codicil.storm.run;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The actuator endpoint of Chaos Monkey for Spring Boot 4.0.0 as it really answers, in plain JDK:
 * lists that are empty from the start are left out, null is not taken, what it does not know is
 * passed over, and an attack on the process is answered when it is over.
 */
final class MonkeyDouble {
  static final String AT = "/actuator/chaosmonkey";
  static final String HANDLER = "shop.Items.one";

  private static final String ASSAULTS =
      """
      "cpuActive":false,"cpuCronExpression":"OFF","cpuLoadTargetFraction":0.9,\
      "cpuMillisecondsHoldLoad":90000,"deterministic":false,\
      "exception":{"arguments":[{"type":"java.lang.String","value":"Chaos Monkey - RuntimeException"}],\
      "method":"<init>","type":"java.lang.RuntimeException"},"exceptionsActive":false,\
      "killApplicationActive":false,"killApplicationCronExpression":"OFF","latencyActive":false,\
      "latencyRangeEnd":3000,"latencyRangeStart":1000,"level":5,"memoryActive":false,\
      "memoryCronExpression":"OFF","memoryFillIncrementFraction":0.15,"memoryFillTargetFraction":0.25,\
      "memoryMillisecondsHoldFilledMemory":90000,"memoryMillisecondsWaitNextIncrease":1000""";

  private static final String WATCHERS =
      """
      "actuatorHealth":false,"beanClasses":[],"beans":["cashRegister"],"component":false,\
      "controller":false,"excludeClasses":[],"repository":false,"restController":false,\
      "restTemplate":false,"service":true,"webClient":false""";

  private final Set<String> vices;
  private final Map<String, String> assaults =
      new ConcurrentHashMap<>(members("{" + ASSAULTS + "}"));
  private final Map<String, String> watchers =
      new ConcurrentHashMap<>(members("{" + WATCHERS + "}"));
  private volatile boolean enabled;
  private int sets;

  /**
   * A monkey that sleeps.
   *
   * @param vices of these: absent, closed, read-only, nonsense, old, stuck, mapped, dull
   */
  MonkeyDouble(Set<String> vices) {
    this.vices = Set.copyOf(vices);
  }

  /** What it is set to, as it says it. */
  String settings() {
    return "{\"assaultProperties\":"
        + json(assaults)
        + ",\"chaosMonkeyProperties\":{\"enabled\":"
        + enabled
        + ",\"lastEnabledToggleTimestamp\":"
        + System.nanoTime()
        + ",\"togglePrefix\":\"chaos.monkey\"},\"watcherProperties\":"
        + json(watchers)
        + "}";
  }

  /** Answers what is asked of the actuator; false when that is something else. */
  boolean answer(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (path.equals("/actuator/mappings") && vices.contains("mapped")) {
      reply(exchange, 200, MAPPINGS);
    } else if (!path.startsWith(AT) || vices.contains("absent")) {
      return false;
    } else if (vices.contains("closed")) {
      reply(exchange, 401, "");
    } else if (vices.contains("nonsense")) {
      reply(exchange, 200, "<html>welcome</html>");
    } else if (exchange.getRequestMethod().equals("GET")) {
      reply(exchange, 200, settings());
    } else if (vices.contains("read-only")) {
      reply(exchange, 405, "");
    } else {
      post(exchange, path.substring(AT.length()), body);
    }
    return true;
  }

  private void post(HttpExchange exchange, String what, String body)
      throws IOException, InterruptedException {
    switch (what) {
      case "/assaults" -> {
        set(assaults, body, true);
        reply(exchange, 200, "Assault config has changed");
      }
      case "/watchers" -> {
        set(watchers, body, false);
        reply(exchange, 200, "Watcher config has changed");
      }
      case "/enable", "/disable" -> {
        enabled = what.equals("/enable");
        reply(exchange, 200, "{\"enabled\":" + enabled + "}");
      }
      case "/assaults/runtime/attack" -> {
        if (is("killApplicationActive")) {
          reply(exchange, 200, "Started runtime assaults");
          Thread.sleep(50);
          Runtime.getRuntime().halt(0);
        }
        while (is("memoryActive") || is("cpuActive")) {
          Thread.sleep(5);
        }
        reply(exchange, 200, "Started runtime assaults");
      }
      default -> reply(exchange, 404, "");
    }
  }

  private void set(Map<String, String> into, String body, boolean counts) {
    if (counts && ++sets > 1 && vices.contains("stuck")) {
      return;
    }
    members(body)
        .forEach(
            (name, value) -> {
              boolean known = into.containsKey(name) || name.equals("watchedCustomServices");
              boolean old = vices.contains("old") && name.equals("deterministic");
              if (known && !value.equals("null") && !old) {
                into.put(name, value);
              }
            });
  }

  private boolean is(String name) {
    return enabled && assaults.getOrDefault(name, "false").equals("true");
  }

  /** Does to a call of {@link #HANDLER} what it is set to; false when that throws. */
  boolean lets() throws InterruptedException {
    String watched = assaults.getOrDefault("watchedCustomServices", "[]");
    boolean meant = watched.equals("[]") || watched.equals("[\"" + HANDLER + "\"]");
    boolean every =
        assaults.getOrDefault("level", "").equals("1")
            && assaults.getOrDefault("deterministic", "").equals("true");
    if (vices.contains("dull")
        || !meant
        || !every
        || !watchers.getOrDefault("restController", "false").equals("true")) {
      return true;
    }
    if (is("latencyActive")) {
      Thread.sleep(Long.parseLong(assaults.getOrDefault("latencyRangeStart", "0")));
    }
    return !is("exceptionsActive");
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String json(Map<String, String> members) {
    return new TreeMap<>(members)
        .entrySet().stream()
            .map(one -> "\"" + one.getKey() + "\":" + one.getValue())
            .collect(Collectors.joining(",", "{", "}"));
  }

  /** The members of an object, each value as it is written; no blanks, no escapes. */
  private static Map<String, String> members(String json) {
    Map<String, String> members = new TreeMap<>();
    int depth = 0;
    boolean text = false;
    int start = 1;
    for (int i = 1; i < json.length(); i++) {
      char c = json.charAt(i);
      text ^= c == '"';
      if (!text && (c == ',' || c == '}') && depth == 0) {
        String member = json.substring(start, i);
        int colon = member.indexOf(':');
        if (colon > 0) {
          members.put(member.substring(1, colon - 1), member.substring(colon + 1));
        }
        start = i + 1;
      } else if (!text) {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      }
    }
    return members;
  }

  /** A mapping as Spring Boot's actuator tells it. */
  private static String mapping(String method, String pattern, String type, String name) {
    return """
        {"details":{"handlerMethod":{"className":"%s","descriptor":"()V","name":"%s"},\
        "requestMappingConditions":{"consumes":[],"headers":[],"methods":[%s],"params":[],\
        "patterns":["%s"],"produces":[]}},"handler":"x","predicate":"x"}"""
        .formatted(type, name, method.isEmpty() ? "" : "\"" + method + "\"", pattern);
  }

  static final String MAPPINGS =
      "{\"contexts\":{\"shop\":{\"mappings\":{\"dispatcherServlets\":{\"dispatcherServlet\":["
          + String.join(
              ",",
              mapping("GET", "/items/{id}", "shop.Items", "one"),
              mapping("POST", "/items", "shop.Items", "add"),
              mapping("GET", "/items/best", "shop.Items", "best"),
              mapping("", "/any/{*rest}", "shop.Rest", "any"),
              "{\"handler\":\"ResourceHttpRequestHandler\",\"predicate\":\"/**\"}")
          + "]}}}}}";
}
