package dev.codicil.cli;

import dev.codicil.engine.source.ContractPrograms;
import dev.codicil.engine.source.ForkedPrograms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The permission to run contracts. It is never taken from a file: what would be permitted may come
 * with it.
 */
final class ContractCode {
  @Option(
      names = "--allow-contract-code",
      description = {
        "Run contracts that are programs (Spring Cloud Contract in Groovy, Java, Kotlin) to read"
            + " them.",
        "They have your rights: only for contracts that you would run yourself."
      })
  boolean allowed;

  /** What runs them; null when that is not allowed. */
  @Nullable ContractPrograms programs() {
    return allowed ? ForkedPrograms.installed() : null;
  }
}
