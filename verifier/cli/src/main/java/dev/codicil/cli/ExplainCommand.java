package dev.codicil.cli;

import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.RuleCard;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Nearest;
import dev.codicil.report.FaultsText;
import dev.codicil.report.RulesText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a rule of {@code diff} or a fault of a chaos profile means. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says what a rule of `diff` finds, whom that breaks, and how to make the change safely;",
      "or what a fault of a chaos profile does, and what a good service does then.",
      "Without an id it lists them all."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final int NAMES = 4;

  @Spec CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RULE|FAULT",
      description = "Id of a rule, as diff prints it, or of a fault, as profiles name it.")
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
    return RulesText.list(Rules.builtIn(), colored) + "\n" + FaultsText.list(Faults.all(), colored);
  }

  private static String card(String id) {
    Optional<RuleCard> rule =
        Rules.builtIn().stream()
            .map(ChangeRule::card)
            .filter(card -> card.id().equals(id))
            .findFirst();
    if (rule.isPresent()) {
      return RulesText.card(rule.get(), Terminal.colored());
    }
    return Faults.byId(id)
        .map(fault -> FaultsText.card(fault.card(), Terminal.colored()))
        .orElseThrow(() -> unknown(id));
  }

  private static UsageException unknown(String id) {
    List<String> ids = new ArrayList<>(Rules.builtIn().stream().map(r -> r.card().id()).toList());
    ids.addAll(Faults.ids());
    List<String> near = Nearest.among(id, ids, NAMES);
    return new UsageException(
        "no rule or fault '"
            + id
            + "'; "
            + (near.isEmpty()
                ? "`codicil explain` lists them"
                : "did you mean " + String.join(", ", near) + "?"));
  }
}
