package dev.codicil.cli;

import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.conformance.ConformityRules;
import dev.codicil.contract.Nearest;
import dev.codicil.report.RulesText;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a rule of {@code diff} or {@code conform} means. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says what a rule of `diff` or `conform` finds, whom that breaks, and how to make the change safely.",
      "Without a rule it lists them all."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final int NAMES = 4;

  @Spec CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RULE",
      description = "Id of a rule, as diff or conform prints it.")
  @Nullable String rule;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  ExplainCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    List<ChangeRule> rules = Rules.builtIn();
    String wanted = rule;
    if (wanted == null) {
      out.print(RulesText.conformity(ConformityRules.all(), Terminal.colored()));
      out.println();
      out.print(RulesText.list(rules, Terminal.colored()));
    } else {
      out.print(card(rules, wanted));
    }
    out.flush();
    return ExitCode.PASS;
  }

  private static String card(List<ChangeRule> rules, String id) {
    for (ChangeRule rule : rules) {
      if (rule.card().id().equals(id)) {
        return RulesText.card(rule.card(), Terminal.colored());
      }
    }
    for (ConformityRules.Card card : ConformityRules.all()) {
      if (card.id().equals(id)) {
        return RulesText.card(card, Terminal.colored());
      }
    }
    List<String> known =
        Stream.concat(
                rules.stream().map(rule -> rule.card().id()),
                ConformityRules.all().stream().map(ConformityRules.Card::id))
            .toList();
    List<String> near = Nearest.among(id, known, NAMES);
    throw new UsageException(
        "no rule '"
            + id
            + "'; "
            + (near.isEmpty()
                ? "`codicil explain` lists them"
                : "did you mean " + String.join(", ", near) + "?"));
  }
}
