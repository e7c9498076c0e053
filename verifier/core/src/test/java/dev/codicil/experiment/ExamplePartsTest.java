package dev.codicil.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ExamplePartsTest {
  private static final JsonNode BODY = World.json("{'sku':'A1','items':[{'n':1},{'n':2}]}");

  @Test
  void anotherValueStandsAtOnePlaceAndTheExampleStaysAsItIs() {
    assertThat(ExampleParts.with(BODY, "/sku", World.json("'B2'")))
        .isEqualTo(World.json("{'sku':'B2','items':[{'n':1},{'n':2}]}"));
    assertThat(ExampleParts.with(BODY, "/items/*/n", World.json("'x'")))
        .isEqualTo(World.json("{'sku':'A1','items':[{'n':'x'},{'n':2}]}"));
    assertThat(ExampleParts.with(BODY, "/items/*", World.json("7")))
        .isEqualTo(World.json("{'sku':'A1','items':[7,{'n':2}]}"));
    assertThat(ExampleParts.with(BODY, "/sku", null))
        .isEqualTo(World.json("{'items':[{'n':1},{'n':2}]}"));
    assertThat(ExampleParts.with(BODY, "/note", World.json("1"))).isNotNull();
    assertThat(BODY).isEqualTo(World.json("{'sku':'A1','items':[{'n':1},{'n':2}]}"));
  }

  @Test
  void aPlaceThatTheExampleDoesNotHaveGivesNothing() {
    assertThat(ExampleParts.with(BODY, "/gift/to", World.json("1"))).isNull();
    assertThat(ExampleParts.with(BODY, "/sku/x", World.json("1"))).isNull();
    assertThat(ExampleParts.with(World.json("[]"), "/*", World.json("1"))).isNull();
    assertThat(ExampleParts.with(World.json("[1]"), "/*", null)).isNull();
  }
}
