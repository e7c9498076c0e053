package dev.codicil.storm.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds many secrets in many forms in one pass. Each form is known by the eight bytes of a window,
 * which fit into one number: a byte costs one look into a table, whatever is looked for. A secret
 * that may be truncated is known by all of its windows, another by its last one, and what stands
 * before that is compared. Immutable once it is in use.
 */
final class CanaryScan {
  /** Shortest part of a secret that is one. */
  static final int WINDOW = 8;

  /** Longest form; what is longer is known by its first bytes. */
  private static final int LONGEST = 4096;

  private final List<Form> forms = new ArrayList<>();
  private long[] windows = new long[1024];
  private int[] owners = new int[1024];
  private int filled;

  /**
   * A form of a secret.
   *
   * @param owner what the secret is called
   * @param cell label of the cell it was planted in; empty for one that no cell has
   * @param name what the form is called
   * @param whole its bytes when all of them must be there; null when a window is enough
   */
  private record Form(String owner, String cell, String name, byte @Nullable [] whole) {}

  /**
   * A place.
   *
   * @param owner what the secret is called
   * @param cell label of the cell it was planted in; empty for one that no cell has
   * @param form what its form is called
   * @param from index of its first byte
   * @param to index behind its last byte
   */
  record Hit(String owner, String cell, String form, long from, long to) {}

  /** Adds all forms of a secret. */
  CanaryScan add(String owner, String cell, String secret, boolean truncated) {
    for (Map.Entry<String, String> one : CanaryForms.of(secret).entrySet()) {
      byte[] bytes = one.getKey().getBytes(StandardCharsets.UTF_8);
      if (bytes.length < WINDOW) {
        continue;
      }
      if (bytes.length > LONGEST) {
        bytes = java.util.Arrays.copyOf(bytes, LONGEST);
      }
      int form = forms.size();
      forms.add(new Form(owner, cell, one.getValue(), truncated ? null : bytes));
      for (int end = truncated ? WINDOW : bytes.length; end <= bytes.length; end++) {
        put(window(bytes, end), form);
      }
    }
    return this;
  }

  /** Whether nothing is looked for. */
  boolean isEmpty() {
    return forms.isEmpty();
  }

  private static long window(byte[] bytes, int end) {
    long window = 0;
    for (int i = end - WINDOW; i < end; i++) {
      window = window << 8 | bytes[i] & 0xFF;
    }
    return window;
  }

  private void put(long window, int form) {
    if (filled * 2 >= windows.length) {
      long[] oldWindows = windows;
      int[] oldOwners = owners;
      windows = new long[oldWindows.length * 2];
      owners = new int[oldOwners.length * 2];
      filled = 0;
      for (int i = 0; i < oldOwners.length; i++) {
        if (oldOwners[i] != 0) {
          put(oldWindows[i], oldOwners[i] - 1);
        }
      }
    }
    int at = slot(window);
    while (owners[at] != 0) {
      if (windows[at] == window) {
        return; // the first one that was added is as good
      }
      at = at + 1 & windows.length - 1;
    }
    windows[at] = window;
    owners[at] = form + 1;
    filled++;
  }

  private int slot(long window) {
    long mixed = window * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & windows.length - 1;
  }

  private @Nullable Form at(long window) {
    int at = slot(window);
    while (owners[at] != 0) {
      if (windows[at] == window) {
        return forms.get(owners[at] - 1);
      }
      at = at + 1 & windows.length - 1;
    }
    return null;
  }

  /** All places in these bytes, in order; neighboring windows of one form are one place. */
  List<Hit> in(byte[] bytes) {
    List<Hit> hits = new ArrayList<>();
    Passing passing = new Passing();
    for (byte one : bytes) {
      Hit hit = passing.next(this, one);
      Hit last = hits.isEmpty() ? null : hits.get(hits.size() - 1);
      if (hit != null
          && last != null
          && hit.from() <= last.to()
          && hit.owner().equals(last.owner())
          && hit.form().equals(last.form())) {
        hits.set(
            hits.size() - 1,
            new Hit(last.owner(), last.cell(), last.form(), last.from(), hit.to()));
      } else if (hit != null) {
        hits.add(hit);
      }
    }
    return hits;
  }

  /** The text with every place taken out. */
  String without(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<Hit> hits = in(bytes);
    if (hits.isEmpty()) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    int at = 0;
    for (Hit hit : hits) {
      int from = (int) hit.from();
      if (from >= at) {
        clean.append(new String(bytes, at, from - at, StandardCharsets.UTF_8));
        clean.append(Redactor.MARK);
      }
      at = Math.max(at, (int) hit.to());
    }
    return clean
        .append(new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8))
        .toString();
  }

  /** Bytes that pass one by one; what is looked for may change on the way. */
  static final class Passing {
    private final byte[] ring = new byte[LONGEST];
    private long window;
    private long seen;

    /** Takes the next byte; what ends with it, or null. */
    @Nullable Hit next(CanaryScan scan, byte one) {
      window = window << 8 | one & 0xFF;
      ring[(int) (seen % LONGEST)] = one;
      seen++;
      if (seen < WINDOW) {
        return null;
      }
      Form form = scan.at(window);
      if (form == null) {
        return null;
      }
      byte[] whole = form.whole();
      int length = whole == null ? WINDOW : whole.length;
      if (whole != null && !ends(whole)) {
        return null;
      }
      return new Hit(form.owner(), form.cell(), form.name(), seen - length, seen);
    }

    private boolean ends(byte[] whole) {
      if (seen < whole.length) {
        return false;
      }
      for (int i = 0; i < whole.length; i++) {
        if (ring[(int) ((seen - whole.length + i) % LONGEST)] != whole[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
