package dev.codicil.formats.scc.code;

import groovy.lang.GString;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with values of the DSL in it, as {@code "/users/${value(...)}"} has them.
 *
 * @param parts strings and values, in order
 */
record Mixed(List<Object> parts) {

  static Mixed of(GString text) {
    List<Object> parts = new ArrayList<>();
    String[] strings = text.getStrings();
    Object[] values = text.getValues();
    for (int i = 0; i < Math.max(strings.length, values.length); i++) {
      if (i < strings.length && !strings[i].isEmpty()) {
        parts.add(strings[i]);
      }
      if (i < values.length) {
        parts.add(values[i] == null ? "null" : values[i]);
      }
    }
    return new Mixed(parts);
  }
}
