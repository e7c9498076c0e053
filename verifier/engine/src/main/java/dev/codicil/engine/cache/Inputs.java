package dev.codicil.engine.cache;

import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.Json;
import dev.codicil.storm.proxy.FaultProxy;
import dev.codicil.storm.run.Runner;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What cells depend on beside what the runner is asked for.
 *
 * @param code hash of the verifier itself
 * @param configuration hash of {@code codicil.yaml}
 * @param baseContracts hash of all contracts of the base
 * @param headContracts hash of all contracts of the head
 * @param sources hash of the sources from which a subject is built, by {@code COLUMN:SUBJECT};
 *     nothing for one that declares none
 */
public record Inputs(
    String code,
    String configuration,
    String baseContracts,
    String headContracts,
    Map<String, String> sources) {
  public Inputs {
    sources = Map.copyOf(sources);
  }

  /** Hash of the verifier's own classes, so that another version of it believes nothing of this. */
  public static String code(List<ContractFormat> formats) {
    List<Class<?>> one =
        new ArrayList<>(List.of(Json.class, FaultProxy.class, Runner.class, Inputs.class));
    formats.forEach(format -> one.add(format.getClass()));
    TreeSet<Path> places = new TreeSet<>();
    for (Class<?> type : one) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      if (source != null) {
        places.add(Path.of(URI.create(String.valueOf(source.getLocation()))));
      }
    }
    return String.join(" ", places.stream().map(Digest::of).toList());
  }

  /** Hash of bytes. */
  public static String hash(byte[] content) {
    return Digest.of(content);
  }
}
