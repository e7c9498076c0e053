package dev.codicil.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.verdict.AmendmentImpact;
import dev.codicil.verdict.AmendmentImpact.FlowTotal;
import dev.codicil.verdict.AmendmentImpact.Total;
import dev.codicil.verdict.FindingImpact;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what things cost back: the other way round of {@link ImpactJson}. */
final class ImpactReader {
  /** What is written has 34 digits of 10^30 at most; a longer text is none of ours. */
  private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,60}(?:\\.\\d{1,80})?");

  private final VerdictReader reader;

  ImpactReader(VerdictReader reader) {
    this.reader = reader;
  }

  /** Of one finding; null when it has no costs. */
  @Nullable FindingImpact finding(@Nullable JsonNode node, String at) {
    if (node == null) {
      return null;
    }
    List<FindingImpact.Hit> hits = new ArrayList<>();
    for (JsonNode hit : reader.array(node, "flows", at)) {
      String here = at + "/flows/" + hits.size();
      hits.add(
          new FindingImpact.Hit(
              reader.text(hit, "flow", here),
              reader.text(hit, "unit", here),
              reader.bool(hit, "measured", here),
              amount(hit, "share", here),
              hit.hasNonNull("before") ? amount(hit, "before", here) : null,
              hit.hasNonNull("after") ? amount(hit, "after", here) : null,
              amount(hit, "atMost", here)));
    }
    return new FindingImpact(
        reader.text(node, "currency", at), reader.text(node, "under", at), hits);
  }

  /** Of an amendment; null when nobody declared what failing costs. */
  @Nullable AmendmentImpact amendment(@Nullable JsonNode node, String at) {
    if (node == null) {
      return null;
    }
    List<FlowTotal> flows = new ArrayList<>();
    for (JsonNode flow : reader.array(node, "flows", at)) {
      String here = at + "/flows/" + flows.size();
      flows.add(
          new FlowTotal(
              reader.text(flow, "flow", here),
              reader.text(flow, "unit", here),
              reader.bool(flow, "measured", here),
              amount(flow, "full", here),
              reader.integer(flow, "seen", here),
              reader.integer(flow, "unknown", here),
              amount(flow, "share", here),
              total(flow.path("worst"), here + "/worst"),
              amount(flow, "atMost", here),
              reader.strings(flow, "assumptions", here)));
    }
    return new AmendmentImpact(
        reader.text(node, "currency", at),
        total(node.path("worst"), at + "/worst"),
        amount(node, "atMost", at),
        node.hasNonNull("above") ? amount(node, "above", at) : null,
        flows);
  }

  private Total total(JsonNode node, String at) {
    return new Total(
        reader.text(node, "under", at),
        amount(node, "before", at),
        amount(node, "after", at),
        amount(node, "added", at));
  }

  private BigDecimal amount(JsonNode node, String name, String at) {
    String text = reader.text(node, name, at);
    if (!AMOUNT.matcher(text).matches()) {
      throw reader.wrong(at + "/" + name, "expected an amount as decimal text");
    }
    return new BigDecimal(text);
  }
}
