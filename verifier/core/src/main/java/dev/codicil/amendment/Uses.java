package dev.codicil.amendment;

import dev.codicil.contract.Contract;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.PathTemplates;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The interactions of known consumers, by the interaction of the provider's contract they belong
 * to: a request to the operation whose template its path fits best, a message to the one of its
 * name or channel.
 */
final class Uses {
  private final Map<String, List<Use>> byProvider = new LinkedHashMap<>();

  /** Which uses each interaction of a provider's contract has; made once a contract. */
  private final Map<Pairing, Map<Interaction, List<Use>>> joined = new IdentityHashMap<>();

  /** An interaction of a consumer. */
  record Use(String consumer, Interaction interaction) {}

  Uses(List<Contract> before, List<Contract> after) {
    Set<List<String>> known = new LinkedHashSet<>();
    for (List<Contract> side : List.of(before, after)) {
      for (Contract contract : side) {
        String consumer = contract.consumer();
        if (consumer == null) {
          continue;
        }
        String provider = Touches.fold(contract.provider());
        for (Interaction interaction : contract.interactions()) {
          String kind = interaction instanceof MessageInteraction ? "message" : "http";
          if (known.add(List.of(provider, consumer, kind, interaction.key()))) {
            byProvider
                .computeIfAbsent(provider, name -> new ArrayList<>())
                .add(new Use(consumer, interaction));
          }
        }
      }
    }
  }

  /** The uses of the interaction that a change is in, in the order they were read. */
  List<Use> of(Found found) {
    List<Use> all = byProvider.getOrDefault(Touches.fold(found.pairing().provider()), List.of());
    if (all.isEmpty()) {
      return all;
    }
    Map<Interaction, List<Use>> known =
        joined.computeIfAbsent(found.pairing(), pairing -> join(pairing, all));
    List<Use> uses = new ArrayList<>(of(known, found.before()));
    for (Use use : of(known, found.after())) {
      if (uses.stream().noneMatch(other -> other == use)) {
        uses.add(use);
      }
    }
    return uses;
  }

  private static List<Use> of(
      Map<Interaction, List<Use>> known, @Nullable Interaction interaction) {
    return interaction == null ? List.of() : known.getOrDefault(interaction, List.of());
  }

  private static Map<Interaction, List<Use>> join(Pairing pairing, List<Use> uses) {
    Map<Interaction, List<Use>> joined = new IdentityHashMap<>();
    for (List<Interaction> side :
        List.of(pairing.interactionsBefore(), pairing.interactionsAfter())) {
      for (Use use : uses) {
        for (Interaction of : best(use.interaction(), side)) {
          joined.computeIfAbsent(of, any -> new ArrayList<>()).add(use);
        }
      }
    }
    return joined;
  }

  private static List<Interaction> best(Interaction use, List<Interaction> side) {
    List<Interaction> best = new ArrayList<>();
    int fewest = Integer.MAX_VALUE;
    for (Interaction candidate : side) {
      int variables = -1;
      if (use instanceof HttpInteraction http && candidate instanceof HttpInteraction operation) {
        variables = fits(http, operation) ? parameters(operation.path()) : -1;
      } else if (use instanceof MessageInteraction message
          && candidate instanceof MessageInteraction declared) {
        variables = MessageNames.meet(message, declared) ? 0 : -1;
      }
      if (variables >= 0 && variables <= fewest) {
        if (variables < fewest) {
          best.clear();
        }
        fewest = variables;
        best.add(candidate);
      }
    }
    return best;
  }

  private static boolean fits(HttpInteraction use, HttpInteraction operation) {
    return use.method().equals(operation.method())
        && PathTemplates.matches(operation.path(), use.path());
  }

  private static int parameters(String path) {
    return (int) path.chars().filter(c -> c == '{').count();
  }
}
