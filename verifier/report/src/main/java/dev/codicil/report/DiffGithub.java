package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Comparison.Stated;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Location;
import java.util.List;

/**
 * Annotations of GitHub Actions, printed as workflow commands: errors, warnings and notices at
 * their lines. GitHub shows ten of each level a step, so no more are printed; the last line counts
 * all.
 */
final class DiffGithub implements DiffReporter {
  private static final int MOST = 10;
  private static final int MAX_TEXT = 1000;

  @Override
  public String id() {
    return "github";
  }

  @Override
  public String render(Comparison comparison) {
    StringBuilder out = new StringBuilder();
    int shown = 0;
    for (Severity severity : List.of(Severity.BREAKING, Severity.RISKY, Severity.SAFE)) {
      List<Stated> changes =
          comparison.changes().stream()
              .filter(stated -> stated.change().severity() == severity)
              .limit(severity == Severity.RISKY ? MOST - unreadLines(comparison) : MOST)
              .toList();
      shown += changes.size();
      changes.forEach(stated -> annotation(out, stated, comparison));
    }
    if (unreadLines(comparison) > 0) {
      out.append("::warning title=Codicil::")
          .append(
              data(
                  Wording.count(comparison.ledger().unread().size(), "file")
                      + " not read, or not wholly. First: "
                      + CoverageText.unread(comparison.ledger().unread().get(0))))
          .append('\n');
    }
    out.append(DiffWording.total(comparison))
        .append(' ')
        .append(DiffWording.forWhom(comparison))
        .append(comparison.changes().isEmpty() ? "." : ": " + DiffWording.counts(comparison));
    if (shown < comparison.changes().size()) {
      out.append("; ").append(comparison.changes().size() - shown).append(" not annotated");
    }
    if (comparison.rollout() != null && !comparison.changes().isEmpty()) {
      out.append("; rollout: ").append(DiffWording.order(comparison.rollout()));
    }
    return out.append('\n').toString();
  }

  private static int unreadLines(Comparison comparison) {
    return comparison.ledger().unread().isEmpty() ? 0 : 1;
  }

  private static void annotation(StringBuilder out, Stated stated, Comparison comparison) {
    Change change = stated.change();
    Location location = change.location();
    out.append("::").append(level(change.severity())).append(' ');
    if (!location.file().isEmpty()) {
      out.append("file=").append(property(location.file())).append(',');
      if (location.line() > 0) {
        out.append("line=").append(location.line()).append(',');
      }
      if (location.column() > 0) {
        out.append("col=").append(location.column()).append(',');
      }
    }
    out.append("title=")
        .append(property(DiffWording.word(change.severity()) + ": " + change.rule()))
        .append("::")
        .append(
            data(
                DiffWording.sentence(change)
                    + " ("
                    + ChangesText.touches(change)
                    + DiffWording.note(stated, comparison)
                    + ")"))
        .append('\n');
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case BREAKING -> "error";
      case RISKY -> "warning";
      case SAFE -> "notice";
    };
  }

  private static String data(String text) {
    return Escape.command(Escape.cut(text, MAX_TEXT));
  }

  private static String property(String text) {
    return Escape.commandProperty(Escape.cut(text, MAX_TEXT));
  }
}
