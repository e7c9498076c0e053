package dev.codicil.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entries of profiles that strike nothing, one line a profile. */
final class IdleEntries {
  private static final Pattern ENTRY = Pattern.compile("(.+):(\\d+):\\d+: (.+)");

  private IdleEntries() {}

  /**
   * What to tell of them.
   *
   * @param entries {@code FILE:LINE:COLUMN: FAULT}, as the plan lists them
   */
  static List<String> told(List<String> entries) {
    Map<String, List<String>> byProfile = new LinkedHashMap<>();
    for (String entry : entries) {
      Matcher parts = ENTRY.matcher(entry);
      byProfile
          .computeIfAbsent(parts.matches() ? parts.group(1) : entry, file -> new ArrayList<>())
          .add(entry);
    }
    List<String> told = new ArrayList<>();
    byProfile.forEach((file, all) -> told.add(line(file, all)));
    return told;
  }

  private static String line(String file, List<String> entries) {
    if (entries.size() == 1) {
      return entries.get(0) + " strikes nothing in this amendment";
    }
    List<String> named = new ArrayList<>();
    for (String entry : entries) {
      Matcher parts = ENTRY.matcher(entry);
      named.add(parts.matches() ? parts.group(3) + " (line " + parts.group(2) + ")" : entry);
    }
    return file + ": nothing in this amendment to strike for " + String.join(", ", named);
  }
}
