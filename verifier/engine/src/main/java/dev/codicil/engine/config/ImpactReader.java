package dev.codicil.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.InputException;
import dev.codicil.contract.SourceDocument;
import dev.codicil.verdict.Figures;
import dev.codicil.verdict.Impact;
import dev.codicil.verdict.InteractionPattern;
import dev.codicil.verdict.Outcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code impact} of {@code codicil.yaml}, which its schema has admitted. */
final class ImpactReader {
  private static final String AT = "/impact";
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal LEAST = new BigDecimal("0.000001");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(?:\\.\\d{1,20})?");
  private static final Pattern SHARE = Pattern.compile("(.*?)\\s?%");
  private static final Pattern RATE = Pattern.compile("(.*?)\\s?/\\s?(.*)");
  private static final Map<String, BigDecimal> PER_HOUR =
      Map.of("s", BigDecimal.valueOf(3600), "min", BigDecimal.valueOf(60), "h", BigDecimal.ONE);

  private final SourceDocument document;
  private final Path root;

  /**
   * @param root folder of the file, that files of traffic are relative to
   */
  ImpactReader(SourceDocument document, Path root) {
    this.document = document;
    this.root = root;
  }

  /**
   * What failing costs.
   *
   * @throws InputException with the line of a figure that cannot be used
   */
  Impact impact() {
    JsonNode node = document.at(AT);
    if (node.isMissingNode()) {
      return Impact.NONE;
    }
    List<Impact.Flow> flows = new ArrayList<>();
    String currency = node.path("currency").asText();
    for (Map.Entry<String, JsonNode> entry : node.path("flows").properties()) {
      flows.add(
          flow(
              entry.getKey(),
              entry.getValue(),
              SourceDocument.child(AT + "/flows", entry.getKey()),
              currency));
    }
    String above = AT + "/above";
    return new Impact(
        currency,
        flows,
        node.has("above") ? rate(node.path("above"), above) : null,
        document.locate(node.has("above") ? above : AT));
  }

  private Impact.Flow flow(String name, JsonNode node, String pointer, String currency) {
    if (node.has("volume") == node.has("traffic")) {
      throw new InputException(
          document.locate(pointer),
          node.has("volume")
              ? "the flow '" + name + "' has both 'volume' and 'traffic'"
              : "the flow '" + name + "' has no volume",
          "add one of them: 'volume', such as 3200/h, or 'traffic', a CSV file of what was"
              + " measured");
    }
    String unit = node.path("unit").asText("requests");
    List<Impact.Part> parts = parts(node.path("of"), pointer + "/of");
    List<String> assumptions = new ArrayList<>();
    BigDecimal perHour;
    if (node.has("traffic")) {
      if (node.path("of").isObject()) {
        throw new InputException(
            document.locate(pointer + "/of"),
            "shares are declared, and 'traffic' measures them",
            "write a plain list, or give the flow a 'volume'");
      }
      Traffic traffic =
          Traffic.read(document, pointer + "/traffic", root, node.path("traffic").asText());
      parts = traffic.measured(parts);
      perHour = traffic.perHour(parts);
      if (perHour.signum() == 0) {
        throw new InputException(
            document.locate(pointer + "/traffic"),
            traffic.file() + " has no traffic of this flow",
            "name operations as they stand in it: " + traffic.some());
      }
      parts = traffic.shares(parts, perHour);
      assumptions.add(
          "measured volume of "
              + Figures.about(perHour)
              + " "
              + unit
              + " an hour, from "
              + traffic.file()
              + traffic.leftOut(parts));
    } else {
      perHour = rate(node.path("volume"), pointer + "/volume");
      assumptions.add(
          "declared volume of "
              + node.path("volume").asText()
              + " "
              + unit
              + ", the same at every hour");
    }
    BigDecimal value = figure(node.path("value"), pointer + "/value");
    assumptions.add("each is worth " + Figures.plain(value) + " " + currency);
    assumptions.add(shares(parts));
    Map<Outcome, BigDecimal> loss = loss(node.path("loss"), pointer + "/loss");
    assumptions.add(losses(loss));
    assumptions.add(
        "an outcome stands for every request of its interaction, for as long as the faults are on");
    return new Impact.Flow(
        name,
        unit,
        parts,
        perHour,
        value,
        loss,
        node.has("traffic"),
        assumptions,
        document.locate(pointer));
  }

  private static String shares(List<Impact.Part> parts) {
    List<String> told = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (Impact.Part part : parts) {
      told.add(part.pattern().text() + " is " + Figures.percent(part.share()) + " of it");
      sum = sum.add(part.share());
    }
    if (sum.compareTo(BigDecimal.ONE) < 0) {
      told.add(
          "the other " + Figures.percent(BigDecimal.ONE.subtract(sum)) + " are taken to be safe");
    }
    return String.join(", ", told);
  }

  private static String losses(Map<Outcome, BigDecimal> loss) {
    List<String> told = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      BigDecimal share = loss.get(outcome);
      if (share != null) {
        told.add(outcome + " loses " + Figures.percent(share) + " of the value");
      }
    }
    told.add(
        (told.isEmpty() ? "" : "else ")
            + "HELD and DEGRADED lose nothing, what is worse loses all");
    return String.join(", ", told);
  }

  private List<Impact.Part> parts(JsonNode of, String pointer) {
    List<Impact.Part> parts = new ArrayList<>();
    if (of.isObject()) {
      BigDecimal sum = BigDecimal.ZERO;
      for (Map.Entry<String, JsonNode> entry : of.properties()) {
        String at = SourceDocument.child(pointer, entry.getKey());
        BigDecimal share = share(entry.getValue(), at);
        if (share.signum() == 0) {
          throw new InputException(document.locate(at), "a share of nothing", "leave it out");
        }
        parts.add(new Impact.Part(new InteractionPattern(entry.getKey()), share));
        sum = sum.add(share);
      }
      if (sum.compareTo(BigDecimal.ONE) > 0) {
        throw new InputException(
            document.locate(pointer),
            "the shares are " + Figures.plain(sum.multiply(HUNDRED)) + " % together",
            "they are shares of one flow: 100 % at most");
      }
      return parts;
    }
    Set<String> names = new HashSet<>();
    for (JsonNode one : of) {
      if (!names.add(one.asText())) {
        throw new InputException(
            document.locate(pointer + "/" + parts.size()),
            "'" + one.asText() + "' is named twice",
            "take one of them out");
      }
      parts.add(new Impact.Part(new InteractionPattern(one.asText()), BigDecimal.ONE));
    }
    return parts;
  }

  /** A worse outcome that lost less would make getting worse a gain. */
  private Map<Outcome, BigDecimal> loss(JsonNode node, String pointer) {
    Map<Outcome, BigDecimal> loss = new EnumMap<>(Outcome.class);
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      loss.put(
          Outcome.valueOf(entry.getKey().toUpperCase(Locale.ROOT)),
          share(entry.getValue(), SourceDocument.child(pointer, entry.getKey())));
    }
    BigDecimal least = BigDecimal.ZERO;
    for (Outcome outcome : Outcome.values()) {
      BigDecimal share = loss.getOrDefault(outcome, Impact.Flow.byDefault(outcome));
      if (outcome != Outcome.UNKNOWN && share.compareTo(least) < 0) {
        throw new InputException(
            document.locate(pointer),
            "'"
                + outcome.name().toLowerCase(Locale.ROOT)
                + "' loses "
                + Figures.percent(share)
                + ", and a better outcome "
                + Figures.percent(least),
            "a worse outcome cannot lose less; outcomes from better to worse are held, degraded,"
                + " refused, failed, hung, lost, corrupted");
      }
      least = share;
    }
    return loss;
  }

  private BigDecimal share(JsonNode node, String pointer) {
    Matcher share = SHARE.matcher(node.asText());
    if (!share.matches()) {
      throw new InputException(
          document.locate(pointer),
          "'" + brief(node) + "' is no share: it has no %",
          "write a percentage, such as 8%");
    }
    BigDecimal percent = number(share.group(1), pointer, brief(node));
    if (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0) {
      throw new InputException(
          document.locate(pointer),
          "'" + brief(node) + "' is no share of a whole",
          "write 0% to 100%");
    }
    return percent.divide(HUNDRED);
  }

  private BigDecimal rate(JsonNode node, String pointer) {
    Matcher rate = RATE.matcher(node.asText());
    if (!rate.matches()) {
      throw new InputException(
          document.locate(pointer),
          "'" + brief(node) + "' does not say in what time",
          "write NUMBER/UNIT, such as 3200/h; units are s, min, h, d");
    }
    BigDecimal factor = PER_HOUR.get(rate.group(2));
    if (factor == null && !rate.group(2).equals("d")) {
      throw new InputException(
          document.locate(pointer),
          "'" + brief(node) + "' has an unknown unit of time",
          "write NUMBER/UNIT, such as 3200/h; units are s, min, h, d");
    }
    BigDecimal number = bounded(number(rate.group(1), pointer, brief(node)), pointer, brief(node));
    return factor == null
        ? number.divide(BigDecimal.valueOf(24), MathContext.DECIMAL128)
        : number.multiply(factor);
  }

  private BigDecimal figure(JsonNode node, String pointer) {
    if (!node.isNumber()) {
      return bounded(number(node.asText(), pointer, brief(node)), pointer, brief(node));
    }
    if (!Double.isFinite(node.doubleValue())) {
      throw absurd(pointer, brief(node));
    }
    return bounded(node.decimalValue(), pointer, brief(node));
  }

  private BigDecimal number(String text, String pointer, String written) {
    if (!NUMBER.matcher(text).matches()) {
      throw new InputException(
          document.locate(pointer),
          "'" + written + "' has no number",
          "write one without signs and commas, such as 3200 or 48.50");
    }
    return new BigDecimal(text);
  }

  private BigDecimal bounded(BigDecimal number, String pointer, String written) {
    if (number.signum() <= 0) {
      throw new InputException(
          document.locate(pointer),
          "'" + written + "' is " + (number.signum() < 0 ? "below zero" : "zero"),
          "write a figure above zero");
    }
    if (number.compareTo(Impact.MOST) > 0 || number.compareTo(LEAST) < 0) {
      throw absurd(pointer, written);
    }
    return number;
  }

  private InputException absurd(String pointer, String written) {
    return new InputException(
        document.locate(pointer),
        "'" + written + "' cannot be meant",
        "write a figure from 0.000001 to 10^15");
  }

  private static String brief(JsonNode node) {
    String text = node.asText();
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
