package dev.codicil.formats.scc.code;

import groovy.json.JsonSlurper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where two JSON documents differ. */
final class Difference {
  private Difference() {}

  /** Says so as the end of a sentence; empty where they do not. */
  static String first(String one, String other) {
    JsonSlurper json = new JsonSlurper();
    String path = path(json.parseText(one), json.parseText(other), "");
    return path == null ? "" : ", first at " + (path.isEmpty() ? "its list" : path);
  }

  private static @Nullable String path(@Nullable Object one, @Nullable Object other, String at) {
    if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> second) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String below = at.isEmpty() ? "" + entry.getKey() : at + " " + entry.getKey();
        String path = path(entry.getValue(), second.get(entry.getKey()), below);
        if (path != null) {
          return path;
        }
      }
      return map.keySet().equals(second.keySet()) ? null : at;
    }
    if (one instanceof List<?> list && other instanceof List<?> second) {
      for (int i = 0; i < Math.min(list.size(), second.size()); i++) {
        String path = path(list.get(i), second.get(i), at);
        if (path != null) {
          return path;
        }
      }
      return list.size() == second.size() ? null : at;
    }
    return Objects.equals(one, other) ? null : at;
  }
}
