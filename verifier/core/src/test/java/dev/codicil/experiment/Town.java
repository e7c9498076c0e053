package dev.codicil.experiment;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The services of the miniature world, as a user declares them. */
final class Town {
  private Town() {}

  static Subject subject(
      String name,
      Map<String, List<String>> given,
      List<EffectCheck> effects,
      Map<String, Upstream> upstreams,
      List<Probe> probes) {
    return new Subject(
        name,
        null,
        null,
        List.of("java", "-jar", name + ".jar"),
        Map.of(),
        World.request("GET", "/health", null),
        World.request("POST", "/_states", null),
        null,
        Map.of(),
        own(name, given),
        effects,
        upstreams,
        probes,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        World.line("codicil.yaml", 3));
  }

  private static Map<String, Map<String, List<String>>> own(
      String subject, Map<String, List<String>> given) {
    Map<String, Map<String, List<String>>> states = new LinkedHashMap<>();
    given.forEach((operation, names) -> states.put(operation, Map.of(subject, names)));
    return states;
  }

  static Map<String, Upstream> calls(String... names) {
    Map<String, Upstream> upstreams = new LinkedHashMap<>();
    for (String name : names) {
      upstreams.put(name, new Upstream(name, null));
    }
    return upstreams;
  }

  static EffectCheck licenseCount() {
    return new EffectCheck(
        "licenses", "POST /licenses", World.request("GET", "/stats", null), "/licenses", 1);
  }

  static Probe buy() {
    return new Probe(
        "buy",
        World.request("POST", "/orders", "{'sku':'A1','license':'L-1'}"),
        Map.of(World.AUTHORITY, List.of("license L-1 is valid")),
        new Probe.Answer(201, null),
        new Probe.Answer(202, World.json("{'grace':true}")),
        new Probe.Answer(503, null),
        World.line("codicil.yaml", 30));
  }

  static List<Subject> subjects() {
    return List.of(
        subject(World.CHECKOUT, Map.of(), List.of(), calls(World.AUTHORITY), List.of(buy())),
        subject(
            World.AUTHORITY,
            Map.of("GET /licenses/{any}", List.of("license L-1 is valid")),
            List.of(licenseCount()),
            Map.of(World.PARTNER, new Upstream(World.PARTNER, "contracts/openapi/partner.yaml")),
            List.of()));
  }

  static Cast cast(String... amended) {
    Set<String> runs = Set.of(World.CHECKOUT, World.AUTHORITY);
    return new Cast(Set.of(amended), runs, runs, Steps.PROVIDER_FIRST);
  }
}
