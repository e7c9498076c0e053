package dev.codicil.storm.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Exemplar;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Payload;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the interaction, and the example in it, that answers a request best. Pure. */
public final class StubBook {
  /**
   * What answers a request.
   *
   * @param interaction of the contract
   * @param reply its example; null when the interaction must be sampled
   */
  public record Match(HttpInteraction interaction, @Nullable HttpReply reply) {}

  private record Example(
      String path, Map<String, List<String>> query, Payload body, @Nullable HttpReply reply) {}

  private record Page(
      HttpInteraction interaction,
      PathTemplate path,
      List<String> requiredQuery,
      List<Example> examples,
      @Nullable HttpReply usual) {

    boolean byExample() {
      return interaction.style() == HttpInteraction.Style.BY_EXAMPLE;
    }
  }

  /** How well a page fits: the more specific path, then the same example, then the same body. */
  private record Fit(Page page, @Nullable Example example, boolean sameBody) {
    static final Comparator<Fit> WORST_FIRST =
        Comparator.comparing((Fit fit) -> fit.page().path().specificity())
            .thenComparing(fit -> fit.example() != null)
            .thenComparing(Fit::sameBody)
            .thenComparing(fit -> fit.page().requiredQuery().size());
  }

  private final Map<String, List<Page>> pages = new HashMap<>();

  /** Learns what a contract says; of equally good matches the first answers. */
  public StubBook(List<HttpInteraction> interactions) {
    for (HttpInteraction interaction : interactions) {
      pages
          .computeIfAbsent(interaction.method(), unused -> new ArrayList<>())
          .add(page(interaction));
    }
  }

  private static Page page(HttpInteraction interaction) {
    List<Example> examples = new ArrayList<>();
    HttpReply usual = null;
    for (Exemplar exemplar : interaction.exemplars()) {
      HttpRequest request = exemplar.request();
      HttpReply reply = exemplar.reply();
      examples.add(new Example(path(request), query(request), request.body(), reply));
      if (usual == null && reply != null && reply.statusClass() == 2) {
        usual = reply;
      }
    }
    List<String> required =
        interaction.parameters().stream()
            .filter(parameter -> parameter.in() == Parameter.In.QUERY && parameter.required())
            .map(Parameter::name)
            .toList();
    return new Page(interaction, new PathTemplate(interaction.path()), required, examples, usual);
  }

  /** The best match; of equally good ones the first of the contract. */
  public Optional<Match> find(HttpRequest request) {
    String path = path(request);
    Map<String, List<String>> query = query(request);
    Fit best = null;
    for (Page page : pages.getOrDefault(request.method(), List.of())) {
      Fit fit = fit(page, request, path, query);
      if (fit != null && (best == null || Fit.WORST_FIRST.compare(fit, best) > 0)) {
        best = fit;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    HttpReply own = best.example() == null ? null : best.example().reply();
    return Optional.of(
        new Match(best.page().interaction(), own != null ? own : best.page().usual()));
  }

  private static @Nullable Fit fit(
      Page page, HttpRequest request, String path, Map<String, List<String>> query) {
    Example same = null;
    for (Example example : page.examples()) {
      if (example.path().equals(path) && example.query().equals(query)) {
        if (sameBody(example.body(), request.body())) {
          return new Fit(page, example, true);
        }
        same = same == null ? example : same;
      }
    }
    if (same != null) {
      return new Fit(page, same, false);
    }
    boolean fits =
        !page.byExample()
            && page.path().matches(request.path())
            && query.keySet().containsAll(page.requiredQuery());
    return fits ? new Fit(page, null, false) : null;
  }

  private static boolean sameBody(Payload left, Payload right) {
    if (left.equals(right)) {
      return true;
    }
    Optional<JsonNode> json = left.json();
    return json.isPresent() && json.equals(right.json());
  }

  private static String path(HttpRequest request) {
    List<String> segments = new ArrayList<>();
    for (String segment : request.path().split("/", -1)) {
      segments.add(PathTemplate.decoded(segment).replace("/", "%2F"));
    }
    return String.join("/", segments);
  }

  private static Map<String, List<String>> query(HttpRequest request) {
    try {
      return new QueryStringDecoder(request.query(), false).parameters();
    } catch (IllegalArgumentException notEncoded) {
      return Map.of(request.query(), List.of());
    }
  }
}
