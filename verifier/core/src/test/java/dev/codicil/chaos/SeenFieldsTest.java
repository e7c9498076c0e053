package dev.codicil.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Payload;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeenFieldsTest {
  @Test
  void generalizesItemsAndEscapesNames() {
    assertThat(
            SeenFields.pointers(
                Payload.of(
                    "{\"a\":[{\"b\":1},{\"c\":null}],\"d/e\":{\"f~g\":[[1],[true]]},\"h\":{}}")))
        .containsExactly(
            "/a",
            "/a/*",
            "/a/*/b",
            "/a/*/c",
            "/d~1e",
            "/d~1e/f~0g",
            "/d~1e/f~0g/*",
            "/d~1e/f~0g/*/*",
            "/h");
  }

  @Test
  void seesNothingInWhatIsNotJson() {
    assertThat(SeenFields.pointers(Payload.EMPTY)).isEmpty();
    assertThat(SeenFields.pointers(Payload.of("not json"))).isEmpty();
    assertThat(SeenFields.pointers(Payload.of("3"))).isEmpty();
    assertThat(SeenFields.pointers(Payload.of("[".repeat(100_000)))).isEmpty();
  }

  @Test
  void keepsTheFieldsNearestToTheRootWhenThereAreTooMany() {
    String many =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "\"f" + i + "\":1")
            .collect(Collectors.joining(","));
    var seen =
        SeenFields.pointers(Payload.of("{\"deep\":{" + many + "},\"near\":[1],\"last\":true}"));
    assertThat(seen).hasSize(SeenFields.MAX_POINTERS).contains("/deep", "/near", "/last");
  }

  @Test
  void doesNotMultiplyLongNames() {
    String name = "n".repeat(900);
    String huge = "h".repeat(40_000);
    var seen =
        SeenFields.pointers(
            Payload.of(
                "{\"" + name + "\":{\"" + name + "\":1,\"b\":2},\"" + huge + "\":{\"c\":3}}"));
    assertThat(seen).containsExactlyInAnyOrder("/" + name, "/" + name + "/b");
  }
}
