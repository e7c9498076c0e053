package dev.codicil.formats.pact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.ContractFormat.Reading;

/**
 * The door for other formats that describe messages by example: they write their contract in the
 * form of a version 4 pact, and it is read and judged exactly as a pact is.
 */
public final class ByExample {
  private ByExample() {}

  /**
   * Reads a contract that was written in the form of a pact.
   *
   * @param format id of the format it came from
   * @param pact a pact of version 4; not to be changed afterwards
   * @param places where its nodes were written
   * @return the model, judged by Pact JVM's matching, and what was not understood
   * @throws dev.codicil.contract.InputException when the tree is no pact
   */
  public static Reading read(String format, JsonNode pact, Places places) {
    return new PactReading(format, new Spot(places, "", pact)).read();
  }
}
