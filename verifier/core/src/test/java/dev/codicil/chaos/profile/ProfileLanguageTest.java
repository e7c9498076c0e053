package dev.codicil.chaos.profile;

import static dev.codicil.chaos.profile.ProfileReaderTest.bad;
import static dev.codicil.chaos.profile.ProfileReaderTest.read;
import static dev.codicil.chaos.profile.ProfileReaderTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.AbortRule;
import dev.codicil.chaos.BlastRadius;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.ChaosProfile.Combination;
import dev.codicil.chaos.ChaosProfile.Entry;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.Match;
import dev.codicil.chaos.When;
import dev.codicil.chaos.profile.ProfileReaderTest.Bad;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Conditions, combinations and limits; single faults are read in {@link ProfileReaderTest}. */
class ProfileLanguageTest {
  static final String EVERYTHING =
      """
      version: 1
      name: p
      title: All that can be said
      consumers: [checkout, "web-*"]
      edges: ["checkout->*"]
      exchanges: 3
      abort: { failures: 2, unrecovered: 5 }
      faults:
        - fault: latency
          on: upstream
          match: { operation: "GET /licenses/{id}", header: { name: X-Tenant, value: blue } }
          when: { first: 6, every: 2 }
          toxicity: 0.25
          parameters: { latency: 150ms }
        - fault: drop-field
          stream: downstream
          match: { method: GET, path: /licenses, field: /items/*/validUntil }
          when: { call: 2 }
        - together:
            - { fault: latency, on: upstream, parameters: { latency: 150ms } }
            - { fault: null-field, on: upstream, parameters: { pointer: /id } }
        - phases:
            - lasts: 2
              faults:
                - { fault: reset, on: upstream, toxicity: 0.5 }
            - lasts: 1
              faults: []
            - faults:
                - { fault: status, on: upstream, parameters: { status: 503 } }
      """;

  @Test
  void readsAllOfTheLanguage() {
    ChaosProfile profile = read(EVERYTHING);
    assertThat(profile.radius())
        .isEqualTo(new BlastRadius(List.of("checkout", "web-*"), List.of("checkout->*"), 3));
    assertThat(profile.abort()).isEqualTo(new AbortRule(2, 5));
    assertThat(profile.entries())
        .extracting(Entry::conditions)
        .containsExactly(
            new Conditions(
                new Match("GET", "/licenses/{id}", "X-Tenant", "blue", null),
                new When(1, 6, 2),
                0.25,
                Conditions.UNBOUNDED),
            new Conditions(
                new Match("GET", "/licenses", null, null, "/items/*/validUntil"),
                new When(2, 2, 1),
                1,
                Conditions.UNBOUNDED));
    assertThat(profile.combinations())
        .extracting(Combination::kind)
        .containsExactly(Combination.Kind.TOGETHER, Combination.Kind.PHASES);
    assertThat(profile.combinations().get(0).entries())
        .extracting(Entry::fault)
        .containsExactly("latency", "null-field");
    Combination phases = profile.combinations().get(1);
    assertThat(phases.location()).hasToString("p.yaml:22:5");
    assertThat(phases.entries())
        .extracting(entry -> entry.fault() + ", " + entry.conditions().label())
        .containsExactly("reset, exchanges 1 to 2, toxicity 0.5", "status, exchanges from 4");
    assertThat(profile.all()).hasSize(6);
  }

  @Test
  void strikesEverythingWhereNothingIsSaid() {
    ChaosProfile profile = read("version: 1\nname: p\nfaults:\n  - fault: duplicate\n");
    assertThat(profile.radius()).isEqualTo(BlastRadius.ALL);
    assertThat(profile.abort().never()).isTrue();
    assertThat(profile.combinations()).isEmpty();
    assertThat(profile.entries().get(0).conditions().strikesAll()).isTrue();
  }

  @Test
  void sameFaultUnderOtherConditionsIsAnother() {
    assertThat(
            read("version: 1\nname: p\nfaults:\n  - fault: duplicate\n"
                    + "  - { fault: duplicate, when: { call: 2 } }\n")
                .entries())
        .hasSize(2);
  }

  static List<Bad> badConditions() {
    return List.of(
        bad(
            "{fault: duplicate, matches: {path: /a}}",
            "4:24: unknown key 'matches' in the fault; expected one of fault, on, stream, match,"
                + " when, toxicity, parameters, load, together, phases (did you mean 'match'?)"),
        bad(
            "{fault: duplicate, match: {pth: /a}}",
            "4:32: unknown key 'pth' in 'match'; expected one of method, path, operation, header,"
                + " field (did you mean 'path'?)"),
        bad(
            "{fault: duplicate, match: {}}",
            "4:24: 'match' is empty; expected at least one of method, path, operation, header,"
                + " field (leave it out)"),
        bad(
            "{fault: duplicate, match: GET}",
            "4:24: 'match' is the text 'GET'; expected an object"),
        bad(
            "{fault: duplicate, match: {method: get}}",
            "4:32: 'method' is the text 'get'; expected an HTTP method in upper case, such as GET"
                + " (did you mean 'GET'?)"),
        bad(
            "{fault: duplicate, match: {path: licenses}}",
            "4:32: 'path' is the text 'licenses'; expected a path without a query, such as"
                + " /licenses/{id}, of at most 500 printable ASCII characters"),
        bad(
            "{fault: duplicate, match: {path: \"/licenses?limit=1\"}}",
            "4:32: 'path' is the text '/licenses?limit=1'; expected a path without a query, such"
                + " as /licenses/{id}, of at most 500 printable ASCII characters"),
        bad(
            "{fault: duplicate, match: {operation: /licenses}}",
            "4:32: 'operation' is the text '/licenses'; expected a method and a path, such as GET"
                + " /licenses/{id}"),
        bad(
            "{fault: duplicate, match: {operation: GET /a, method: POST}}",
            "4:24: 'match' contradicts itself: an operation is a method and a path, so 'method'"
                + " cannot be given as well"),
        bad(
            "{fault: duplicate, match: {operation: GET /a, path: /b}}",
            "4:24: 'match' contradicts itself: an operation is a method and a path, so 'path'"
                + " cannot be given as well"),
        bad(
            "{fault: duplicate, match: {header: X-Tenant}}",
            "4:32: 'header' is the text 'X-Tenant'; expected an object"),
        bad(
            "{fault: duplicate, match: {header: {value: blue}}}",
            "4:32: 'header' has no 'name'; expected one (write 'header: { name: X-Tenant }')"),
        bad(
            "{fault: duplicate, match: {header: {name: \"X Tenant\"}}}",
            "4:41: 'name' is the text 'X Tenant'; expected a header name, such as X-Tenant"),
        bad(
            "{fault: duplicate, match: {header: {name: X-Tenant, value: 7}}}",
            "4:57: 'value' is the number 7; expected a text (put it in quotes)"),
        bad(
            "{fault: duplicate, match: {field: validUntil}}",
            "4:32: 'field' is the text 'validUntil'; expected a JSON pointer, such as"
                + " /items/*/id, of at most 500 characters"),
        bad(
            "{fault: status, match: {field: /id}}",
            "4:21: 'match' of 'status' contradicts itself: it strikes before there is a reply, so"
                + " no field of the reply can be looked for"),
        bad(
            "{fault: tls, match: {path: /a}}",
            "4:18: 'match' of 'tls' contradicts itself: it strikes connections as they open, before"
                + " anybody has said what is asked for"),
        bad(
            "{fault: duplicate, when: {nth: 2}}",
            "4:31: unknown key 'nth' in 'when'; expected one of call, first, every"),
        bad(
            "{fault: duplicate, when: {}}",
            "4:24: 'when' is empty; expected at least one of call, first, every (leave it out)"),
        bad(
            "{fault: duplicate, when: {call: 0}}",
            "4:31: 'call' is the number 0; expected a whole number from 1 to 1000000"),
        bad(
            "{fault: duplicate, when: {every: 1.5}}",
            "4:31: 'every' is the number 1.5; expected a whole number from 1 to 1000000"),
        bad(
            "{fault: duplicate, when: {first: 2s}}",
            "4:31: 'first' is the text '2s'; expected a whole number from 1 to 1000000"),
        bad(
            "{fault: duplicate, when: {call: 2, every: 2}}",
            "4:24: 'when' contradicts itself: 'call' names one exchange, so 'every' cannot be"
                + " given as well"),
        bad(
            "{fault: duplicate, when: {call: 2, first: 3}}",
            "4:24: 'when' contradicts itself: 'call' names one exchange, so 'first' cannot be"
                + " given as well"),
        bad(
            "{fault: duplicate, when: {first: 2, every: 3}}",
            "4:24: 'when' contradicts itself: none of the first 2 exchanges has a number of every"
                + " 3"),
        bad(
            "{fault: hook, when: {first: 1}, parameters: {inject: a, revert: b}}",
            "4:19: the fault 'hook' acts on the world around an exchange; 'when' means nothing to"
                + " it (leave it out)"),
        bad(
            "{fault: dns, on: upstream, toxicity: 0.5}",
            "4:32: the fault 'dns' acts on the world around an exchange; 'toxicity' means nothing"
                + " to it (leave it out)"),
        bad(
            "{fault: dns, on: consumer}",
            "4:5: the fault 'dns' contradicts itself: the replaying consumer calls no name;"
                + " expected on: upstream"),
        bad(
            "{fault: hook, parameters: {inject: a}}",
            "4:19: the fault 'hook' has no parameter 'revert'; expected 1 to 500 printable ASCII"
                + " characters (write 'parameters: { revert: kill -CONT {pid.license-authority}"
                + " }')"),
        bad(
            "{fault: hook, parameters: {inject: \"sh -c 'x\", revert: b}}",
            "4:5: the fault 'hook' contradicts itself: 'inject' cannot be used: a quote that does"
                + " not end in the command"),
        bad(
            "{fault: hook, parameters: {inject: a, revert: GET localhost}}",
            "4:5: the fault 'hook' contradicts itself: 'revert' cannot be used: 'localhost' is no"
                + " address; expected http://HOST[:PORT]/... or {subject.NAME}/..."),
        bad(
            "{fault: hook, parameters: {inject: a, revert: b, deadline: 11m}}",
            "4:5: the fault 'hook' contradicts itself: its deadline is 11m; expected up to 10m"),
        bad(
            "{fault: duplicate, toxicity: 1.01}",
            "4:24: 'toxicity' is the number 1.01; expected a fraction from 0 to 1"),
        bad(
            "{fault: duplicate, toxicity: -0.5}",
            "4:24: 'toxicity' is the number -0.5; expected a fraction from 0 to 1"),
        bad(
            "{fault: duplicate, toxicity: 50%}",
            "4:24: 'toxicity' is the text '50%'; expected a fraction from 0 to 1"),
        bad(
            "{fault: duplicate, toxicity: 0}",
            "4:24: 'toxicity' contradicts itself: a fault of toxicity 0 never strikes"));
  }

  static List<Bad> badCombinations() {
    return List.of(
        bad(
            "together: {fault: duplicate}",
            "4:5: 'together' is an object; expected a list of faults (start each with '- fault:"
                + " ')"),
        bad(
            "together: [{fault: duplicate}]",
            "4:5: 'together' has 1 entries; expected 2 to 16 (one fault alone needs no"
                + " 'together')"),
        bad(
            "together: [{fault: duplicate}, {fault: duplicate}]",
            "4:36: the fault 'duplicate' is the same as that of line 4 (keep one of them)"),
        bad(
            "together: [{fault: duplicate}, {fault: latncy}]",
            "4:37: unknown fault 'latncy'; expected one of "
                + String.join(", ", dev.codicil.chaos.fault.Faults.ids())
                + " (did you mean 'latency'?)"),
        bad(
            "together: [{fault: duplicate}, {fault: latency, parameters: {latency: 3}}]",
            "4:66: 'latency' is the number 3; expected a duration with a unit, such as 250ms or"
                + " 2s (add the unit: 3ms)"),
        bad(
            "{fault: duplicate, together: []}",
            "4:6: unknown key 'fault' in the fault; expected one of together, load"),
        bad(
            "togther: []",
            "4:5: unknown key 'togther' in the fault; expected one of fault, on, stream, match,"
                + " when, toxicity, parameters, load, together, phases (did you mean 'together'?)"),
        bad(
            "phases: []",
            "4:5: 'phases' has 0 entries; expected 2 to 16 (one phase alone is a 'when')"),
        bad(
            "phases: 2",
            "4:5: 'phases' is the number 2; expected a list of phases (start each with '- lasts:"
                + " ')"),
        bad(
            "phases: [{lasts: 1, fault: reset}, {faults: []}]",
            "4:25: unknown key 'fault' in the phase; expected one of lasts, faults (did you mean"
                + " 'faults'?)"),
        bad(
            "phases: [{lasts: 1}, {faults: []}]",
            "4:14: the phase has no 'faults'; expected one (write 'faults: []' for calm)"),
        bad(
            "phases: [{lasts: 2s, faults: []}, {faults: []}]",
            "4:15: 'lasts' is the text '2s'; expected a whole number from 1 to 1000000"),
        bad(
            "phases: [{faults: [{fault: reset}]}, {faults: []}]",
            "4:14: the phase contradicts itself: without 'lasts' it has no end, and another"
                + " follows (write 'lasts: 1')"),
        bad(
            "phases: [{lasts: 1, faults: []}, {faults: []}]",
            "4:5: 'phases' contradicts itself: none of them has a fault"),
        bad(
            "phases: [{lasts: 1, faults: [{fault: reset, when: {call: 1}}]}, {faults: []}]",
            "4:49: unknown key 'when' in the fault of a phase; expected one of fault, on, stream,"
                + " match, toxicity, parameters"),
        bad(
            "together: [{fault: duplicate}, {fault: reset}]\n"
                + "  - together: [{fault: duplicate}, {fault: reset}]",
            "5:5: this 'together' is the same as that of line 4 (keep one of them)"));
  }

  private static Bad limit(String line, String message) {
    return new Bad(
        "version: 1\nname: p\n" + line + "\nfaults: [{fault: duplicate}]\n", "p.yaml:" + message);
  }

  static List<Bad> badLimits() {
    return List.of(
        limit(
            "consumer: [a]",
            "3:1: unknown key 'consumer' in the profile; expected one of version, name, title,"
                + " consumers, edges, exchanges, abort, faults (did you mean 'consumers'?)"),
        limit(
            "consumers: checkout",
            "3:1: 'consumers' is the text 'checkout'; expected a list (write 'consumers: [ ..."
                + " ]')"),
        limit(
            "consumers: []",
            "3:1: 'consumers' has 0 entries; expected 1 to 100 (leave it out to mean all)"),
        limit(
            "consumers: [7]",
            "3:13: the entry of 'consumers' is the number 7; expected a text (put it in quotes)"),
        limit(
            "edges: [checkout]",
            "3:9: the entry of 'edges' is the text 'checkout'; expected an edge FROM->TO, such as"
                + " checkout->* or *->partner"),
        limit(
            "exchanges: 0",
            "3:1: 'exchanges' is the number 0; expected a whole number from 1 to 1000000"),
        limit(
            "abort: {}",
            "3:1: 'abort' is empty; expected at least one of failures, unrecovered (leave it out)"),
        limit(
            "abort: { failures: -1 }",
            "3:10: 'failures' is the number -1; expected a whole number from 1 to 1000000"),
        limit(
            "abort: { failure: 1 }",
            "3:10: unknown key 'failure' in 'abort'; expected one of failures, unrecovered (did you"
                + " mean 'failures'?)"));
  }

  @ParameterizedTest
  @MethodSource({"badConditions", "badCombinations", "badLimits"})
  void refusesAtTheLineWithWhatWasExpected(Bad bad) {
    assertThat(refusal(bad.yaml())).isEqualTo(bad.message());
  }

  @Test
  void longestPathIsBounded() {
    assertThat(
            refusal(
                "version: 1\nname: p\nfaults: [{fault: duplicate, match: {path: /"
                    + "a".repeat(100_000)
                    + "}}]"))
        .hasSizeLessThan(400);
  }
}
