package dev.codicil.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Location;
import dev.codicil.verdict.GateAction;
import dev.codicil.verdict.GateSummary;
import dev.codicil.verdict.Gating;
import dev.codicil.verdict.Waiver;
import dev.codicil.verdict.WaiverStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what policy and waivers decided back: the other way round of {@link GateJson}. */
final class GateReader {
  private static final Pattern PLACE = Pattern.compile("(.+?)(?::(\\d{1,9}))?(?::(\\d{1,9}))?");

  private final VerdictReader reader;

  GateReader(VerdictReader reader) {
    this.reader = reader;
  }

  /** Of one finding; null when nothing was decided in words. */
  @Nullable Gating gating(JsonNode finding, String at) {
    JsonNode node = finding.get("gate");
    if (node == null) {
      return null;
    }
    String here = at + "/gate";
    JsonNode evidence = node.path("evidence");
    return new Gating(
        reader.text(finding, "fingerprint", at),
        reader.constant(GateAction.values(), reader.text(node, "action", here), here + "/action"),
        reader.text(node, "by", here),
        reader.text(node, "text", here),
        reader.text(evidence, "asked", here + "/evidence"),
        reader.text(evidence, "had", here + "/evidence"),
        reader.strings(node, "tags", here),
        Set.copyOf(reader.strings(node, "hit", here)),
        claim(node.get("waiver"), here + "/waiver"));
  }

  private Gating.@Nullable Claim claim(@Nullable JsonNode node, String at) {
    if (node == null) {
      return null;
    }
    try {
      return new Gating.Claim(
          reader.constant(
              Gating.Claim.State.values(), reader.text(node, "state", at), at + "/state"),
          reader.text(node, "reason", at),
          reader.text(node, "owner", at),
          Waiver.day(reader.text(node, "expires", at)),
          reader.number(node, "daysLeft", at),
          reader.text(node, "at", at),
          Set.copyOf(reader.strings(node, "others", at)));
    } catch (IllegalArgumentException wrong) {
      throw reader.wrong(at, String.valueOf(wrong.getMessage()));
    }
  }

  /** Of a whole run; null when nobody asked. */
  @Nullable GateSummary summary(JsonNode root) {
    JsonNode node = root.get("gate");
    if (node == null) {
      return null;
    }
    List<WaiverStanding> waivers = new ArrayList<>();
    for (JsonNode waiver : reader.array(node, "waivers", "/gate")) {
      waivers.add(standing(waiver, "/gate/waivers/" + waivers.size()));
    }
    try {
      return new GateSummary(
          Waiver.day(reader.text(node, "today", "/gate")),
          node.hasNonNull("environment") ? reader.text(node, "environment", "/gate") : null,
          waivers,
          reader.strings(node, "warnings", "/gate"));
    } catch (IllegalArgumentException wrong) {
      throw reader.wrong("/gate", String.valueOf(wrong.getMessage()));
    }
  }

  private WaiverStanding standing(JsonNode node, String at) {
    try {
      return new WaiverStanding(
          new Waiver(
              reader.text(node, "fingerprint", at),
              reader.text(node, "finding", at),
              node.hasNonNull("amendment") ? reader.text(node, "amendment", at) : null,
              Set.copyOf(reader.strings(node, "consumers", at)),
              reader.text(node, "reason", at),
              reader.text(node, "owner", at),
              Waiver.day(reader.text(node, "expires", at)),
              place(reader.text(node, "at", at))),
          reader.constant(
              WaiverStanding.State.values(), reader.text(node, "state", at), at + "/state"),
          reader.number(node, "daysLeft", at),
          reader.bool(node, "fails", at),
          reader.strings(node, "findings", at),
          reader.text(node, "told", at));
    } catch (IllegalArgumentException incomplete) {
      throw reader.wrong(at, String.valueOf(incomplete.getMessage()));
    }
  }

  private static Location place(String text) {
    Matcher place = PLACE.matcher(text);
    return place.matches()
        ? new Location(place.group(1), digits(place.group(2)), digits(place.group(3)), "")
        : Location.of(text);
  }

  private static int digits(@Nullable String text) {
    return text == null ? 0 : Integer.parseInt(text);
  }
}
