package dev.codicil.engine.init;

import java.util.List;

/**
 * What {@code init} would write, and why.
 *
 * @param yaml a whole {@code codicil.yaml}, with comments
 * @param contracts the folder of contracts; empty when none was found
 * @param consumers whether a contract tells what a consumer relies on
 * @param found what was found, a line each
 * @param todo what a person has to look at or fill in, a line each
 */
public record Proposal(
    String yaml, String contracts, boolean consumers, List<String> found, List<String> todo) {
  public Proposal {
    found = List.copyOf(found);
    todo = List.copyOf(todo);
  }
}
