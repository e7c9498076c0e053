package dev.codicil.benchmarks;

import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;

/** Compares two documents with openapi-diff, as its own command line does. */
final class PeerDiff {
  private PeerDiff() {}

  public static void main(String[] args) {
    ChangedOpenApi changed = OpenApiCompare.fromLocations(args[0], args[1]);
    System.out.println(changed.isIncompatible() ? "incompatible" : "compatible");
  }
}
