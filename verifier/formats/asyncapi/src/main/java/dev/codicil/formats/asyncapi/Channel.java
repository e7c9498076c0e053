package dev.codicil.formats.asyncapi;

import dev.codicil.contract.Parameter;
import dev.codicil.formats.jsonschema.Place;
import java.util.List;

/**
 * Where messages travel.
 *
 * @param address the address with {@code {name}} parameters
 * @param parameters the parameters of the address, and the protocols of its servers
 * @param place where it was declared
 */
record Channel(String address, List<Parameter> parameters, Place place) {
  Channel {
    parameters = List.copyOf(parameters);
  }
}
