package dev.codicil.engine.init;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who is meant by {@code PAYMENTS_BASE_URL=http://payments:8080}. */
final class Callees {
  private static final Pattern ENDING =
      Pattern.compile(
          "[_.]?(?:BASE[_.]?)?(?:URL|URI|ENDPOINT|HOST|BASE|ADDRESS|SERVICE)$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern HOST = Pattern.compile("[a-z+:]+://(?:[^/@\\s]*@)?([^/:\\s]+)");

  /**
   * A service that another one calls.
   *
   * @param name as contracts and services write it; a guess where {@code known} is false
   * @param variable environment variable with its address
   * @param known whether a contract or a service of the repository has this name
   */
  record Callee(String name, String variable, boolean known) {}

  private Callees() {}

  /** Whom a service calls, one entry a variable, known ones first. */
  static List<Callee> of(FoundService service, Collection<String> names) {
    Map<String, Callee> callees = new TreeMap<>();
    service
        .calls()
        .forEach(
            (variable, address) -> {
              if (VARIABLE.matcher(variable).matches()) {
                Callee callee = callee(variable, address, service.name(), names);
                callees.putIfAbsent(callee.name(), callee);
              }
            });
    List<Callee> sorted = new ArrayList<>(callees.values());
    sorted.sort(Comparator.comparing(callee -> !callee.known()));
    return sorted;
  }

  private static Callee callee(
      String variable, String address, String self, Collection<String> names) {
    Matcher host = HOST.matcher(address);
    String called = host.lookingAt() ? host.group(1) : "";
    String stem = ENDING.matcher(ENDING.matcher(variable).replaceFirst("")).replaceFirst("");
    for (String word : List.of(called, stem)) {
      Optional<String> name = match(word, self, names);
      if (name.isPresent()) {
        return new Callee(name.get(), variable, true);
      }
    }
    int last = Math.max(stem.lastIndexOf('_'), stem.lastIndexOf('.'));
    String guess = stem.substring(last + 1).toLowerCase(Locale.ROOT);
    return new Callee(guess.isEmpty() ? "upstream" : guess, variable, false);
  }

  /** The longest name that is in the word, or that the word's last part begins. */
  static Optional<String> match(String word, String self, Collection<String> names) {
    String plain = plain(word);
    if (plain.isEmpty() || plain.equals("localhost")) {
      return Optional.empty();
    }
    Optional<String> whole =
        names.stream()
            .filter(name -> !name.equals(self))
            .filter(name -> !plain(name).isEmpty() && plain.contains(plain(name)))
            .max(Comparator.comparing((String name) -> name.length()).thenComparing(name -> name));
    if (whole.isPresent()) {
      return whole;
    }
    String last = plain(word.substring(word.lastIndexOf('_') + 1));
    List<String> having =
        names.stream()
            .filter(name -> !name.equals(self))
            .filter(name -> last.length() >= 4 && plain(name).contains(last))
            .toList();
    return having.size() == 1 ? Optional.of(having.get(0)) : Optional.empty();
  }

  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
