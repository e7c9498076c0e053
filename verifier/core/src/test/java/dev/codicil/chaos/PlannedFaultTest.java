package dev.codicil.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannedFaultTest {
  private static PlannedFault planned(String id, Parameters written, String... derived) {
    FaultCard card = Faults.byId(id).map(Fault::card).orElseThrow();
    return PlannedFault.of(card, "shop->bank", Stream.DOWNSTREAM, written, Set.of(derived));
  }

  @Test
  void theLabelNamesWhatDiffersFromTheDefault() {
    assertThat(planned("status", Parameters.NONE).label()).isEqualTo("status on shop->bank, reply");
    assertThat(planned("status", Parameters.NONE.with("status", "503")).label())
        .isEqualTo("status on shop->bank, reply");
    assertThat(planned("status", Parameters.NONE.with("status", "500")).label())
        .isEqualTo("status(status=500) on shop->bank, reply");
    assertThat(
            planned("latency", Parameters.NONE.with("latency", "1s").with("jitter", "0h")).label())
        .isEqualTo("latency(latency=1s) on shop->bank, reply");
  }

  @Test
  void whatNobodyChoseIsThereAndNotInTheLabel() {
    Parameters aimed = Parameters.NONE.with("pointer", "/a").with("value", "{\"b\": [1]}");
    PlannedFault derived = planned("unknown-enum-value", aimed, "value");
    assertThat(derived.label()).isEqualTo("unknown-enum-value(pointer=/a) on shop->bank, reply");
    assertThat(derived.parameters()).isEqualTo(aimed);
    assertThat(planned("unknown-enum-value", aimed).label())
        .as("braces of a value stay what they are")
        .isEqualTo("unknown-enum-value(pointer=/a, value={\"b\": [1]}) on shop->bank, reply");
  }

  @Test
  void survivesTheHistory() throws IOException {
    PlannedFault fault = planned("latency", Parameters.NONE.with("latency", "1s"));
    String line = Json.mapper().writeValueAsString(fault);
    assertThat(Json.mapper().readValue(line, PlannedFault.class)).isEqualTo(fault);
    PlannedFault plain =
        new PlannedFault("latency", "a->b", Stream.UPSTREAM, Parameters.NONE.with("latency", "1s"));
    assertThat(Json.mapper().writeValueAsString(plain)).doesNotContain("unnamed");
  }
}
