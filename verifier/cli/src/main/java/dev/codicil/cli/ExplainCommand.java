package dev.codicil.cli;

import dev.codicil.amendment.rule.RuleCard;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.conformance.ConformityRules;
import dev.codicil.contract.Nearest;
import dev.codicil.report.FaultsText;
import dev.codicil.report.RulesText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a rule of {@code diff} or {@code conform}, or a fault of a chaos profile, means. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says what a rule of `diff` or `conform` finds, whom that breaks, and how to make the change",
      "safely; or what a fault of a chaos profile does, and what a good service does then.",
      "Without an id it lists them all."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final int NAMES = 4;

  @Spec CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RULE|FAULT",
      description =
          "Id of a rule, as diff or conform prints it, or of a fault, as profiles name it.")
  @Nullable String id;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  ExplainCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    out.print(id == null ? all() : card(id));
    out.flush();
    return ExitCode.PASS;
  }

  private static String all() {
    boolean colored = Terminal.colored();
    return String.join(
        "\n",
        RulesText.conformity(ConformityRules.all(), colored),
        RulesText.list(Rules.builtIn(), colored),
        FaultsText.list(Faults.all(), colored));
  }

  private static String card(String id) {
    boolean colored = Terminal.colored();
    Map<String, Supplier<String>> cards = new LinkedHashMap<>();
    Rules.builtIn()
        .forEach(
            rule -> {
              RuleCard card = rule.card();
              cards.put(card.id(), () -> RulesText.card(card, colored));
            });
    ConformityRules.all()
        .forEach(card -> cards.put(card.id(), () -> RulesText.card(card, colored)));
    Faults.all()
        .forEach(
            fault ->
                cards.putIfAbsent(fault.card().id(), () -> FaultsText.card(fault.card(), colored)));
    Supplier<String> found = cards.get(id);
    if (found == null) {
      List<String> near = Nearest.among(id, List.copyOf(cards.keySet()), NAMES);
      throw new UsageException(
          "no rule or fault '"
              + id
              + "'; "
              + (near.isEmpty()
                  ? "`codicil explain` lists them"
                  : "did you mean " + String.join(", ", near) + "?"));
    }
    return found.get();
  }
}
