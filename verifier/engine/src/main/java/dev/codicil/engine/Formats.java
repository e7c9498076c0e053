package dev.codicil.engine;

import dev.codicil.contract.ContractFormat;
import dev.codicil.formats.asyncapi.AsyncApiFormat;
import dev.codicil.formats.jsonschema.JsonSchemaFormat;
import dev.codicil.formats.openapi.OpenApiFormat;
import dev.codicil.formats.pact.PactFormat;
import dev.codicil.formats.scc.SccFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The contract formats that are read: the built-in ones in one list, users' own behind them. */
public final class Formats {
  private Formats() {}

  /** The built-in formats. */
  public static List<ContractFormat> builtIn() {
    return List.of(
        new PactFormat(),
        new SccFormat(),
        new OpenApiFormat(),
        new AsyncApiFormat(),
        new JsonSchemaFormat());
  }

  /** The built-in formats, and those found through {@link ServiceLoader}. */
  public static List<ContractFormat> all() {
    List<ContractFormat> formats = new ArrayList<>(builtIn());
    ServiceLoader.load(ContractFormat.class).forEach(formats::add);
    return List.copyOf(formats);
  }
}
