package dev.codicil.cli;

import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.RuleCard;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.contract.Nearest;
import dev.codicil.report.RulesText;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a rule of {@code diff} means. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says what a rule of `diff` finds, whom that breaks, and how to make the change safely.",
      "Without a rule it lists them all."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final int NAMES = 4;

  @Spec CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RULE",
      description = "Id of a rule, as diff prints it.")
  @Nullable String rule;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  ExplainCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    List<ChangeRule> rules = Rules.builtIn();
    if (rule == null) {
      out.print(RulesText.list(rules, Terminal.colored()));
    } else {
      out.print(RulesText.card(named(rules, rule), Terminal.colored()));
    }
    out.flush();
    return ExitCode.PASS;
  }

  private static RuleCard named(List<ChangeRule> rules, String id) {
    return rules.stream()
        .map(ChangeRule::card)
        .filter(card -> card.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> near =
                  Nearest.among(id, rules.stream().map(r -> r.card().id()).toList(), NAMES);
              return new UsageException(
                  "no rule '"
                      + id
                      + "'; "
                      + (near.isEmpty()
                          ? "`codicil explain` lists them"
                          : "did you mean " + String.join(", ", near) + "?"));
            });
  }
}
