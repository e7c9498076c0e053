package dev.codicil.formats.scc.code;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.contract.spec.internal.Cookie;
import org.springframework.cloud.contract.spec.internal.Cookies;
import org.springframework.cloud.contract.spec.internal.DslProperty;
import org.springframework.cloud.contract.spec.internal.Header;
import org.springframework.cloud.contract.spec.internal.Headers;

/** Writes headers and cookies, with the matchers that hold them. */
final class NamedText {
  private final Side side;
  private final Notes notes;

  NamedText(Side side, Notes notes) {
    this.side = side;
    this.notes = notes;
  }

  void headers(
      @Nullable Headers headers,
      Map<String, @Nullable Object> written,
      Map<String, Object> matchers) {
    Map<String, List<DslProperty<?>>> named = new LinkedHashMap<>();
    if (headers != null) {
      for (Header header : headers.getEntries()) {
        named.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header);
      }
    }
    write("headers", named, written, matchers);
  }

  void cookies(
      @Nullable Cookies cookies,
      Map<String, @Nullable Object> written,
      Map<String, Object> matchers) {
    // By name: Spring Cloud Contract keeps them in an order that is another in each process.
    Map<String, List<DslProperty<?>>> named = new TreeMap<>();
    if (cookies != null) {
      for (Cookie cookie : cookies.getEntries()) {
        named.computeIfAbsent(cookie.getKey(), name -> new ArrayList<>()).add(cookie);
      }
    }
    write("cookies", named, written, matchers);
  }

  private void write(
      String key,
      Map<String, List<DslProperty<?>>> named,
      Map<String, @Nullable Object> written,
      Map<String, Object> matchers) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Map<String, Object>> rules = new ArrayList<>();
    named.forEach(
        (name, properties) -> {
          List<Object> examples = new ArrayList<>();
          for (DslProperty<?> property : properties) {
            Object example = value(key, name, side.leaf(property), rules);
            if (example != null) {
              examples.add(example);
            }
          }
          if (!examples.isEmpty()) {
            values.put(name, examples.size() == 1 ? examples.get(0) : examples);
          }
        });
    if (!values.isEmpty()) {
      written.put(key, values);
    }
    if (!rules.isEmpty()) {
      matchers.put(key, rules);
    }
  }

  private @Nullable Object value(
      String key, String name, Leaf leaf, List<Map<String, Object>> rules) {
    Notes own = notes.inside(key + " '" + Failure.brief(name) + "'");
    if (leaf.problem() != null) {
      own.add(leaf.problem());
    }
    if (leaf.strategy() != null) {
      String regex = regex(leaf.strategy());
      if (regex != null) {
        rules.add(Map.of("key", name, "regex", regex));
      } else if (!leaf.strategy().type().equals("equal_to")) {
        own.add("'" + leaf.strategy().type() + "' is not understood");
      }
      return leaf.strategy().type().equals("absent") ? null : sent(leaf);
    }
    if (leaf.regex() != null) {
      rules.add(Map.of("key", name, "regex", leaf.regex()));
    } else if (leaf.command() != null) {
      rules.add(Map.of("key", name, "command", leaf.command()));
    }
    return sent(leaf);
  }

  private static @Nullable Object sent(Leaf leaf) {
    return leaf.example() == Side.UNSENT || leaf.example() == null
        ? null
        : String.valueOf(leaf.example());
  }

  private static @Nullable String regex(Leaf.Strategy strategy) {
    String value = String.valueOf(strategy.value());
    return switch (strategy.type()) {
      case "matching" -> value;
      case "containing" -> "[\\s\\S]*" + Pattern.quote(value) + "[\\s\\S]*";
      default -> null;
    };
  }
}
