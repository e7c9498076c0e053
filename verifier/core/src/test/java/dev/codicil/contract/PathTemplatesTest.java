package dev.codicil.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplatesTest {

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "/licenses/{id}, /licenses/L-1, true",
    "/licenses/{id}, /licenses/L-1?full=true, true",
    "/licenses/{id}, /licenses/, false",
    "/licenses/{id}, /licenses/L-1/seats, false",
    "/licenses/{id}.json, /licenses/L-1.json, true",
    "/licenses/{id}.json, /licenses/.json, false",
    "/{a}-{b}, /x-y-z, true",
    "/{a}-{b}, /xyz, false",
    "/caf%C3%A9/{id}, /café/1, true",
    "/a+b, /a%2Bb, true",
    "/, /, true",
    "/licenses/{id}, /licenses/%zz, true"
  })
  void variablesStandForOneSegment(String template, String path, boolean matches) {
    assertThat(PathTemplates.matches(template, path)).isEqualTo(matches);
  }

  @Test
  void namesOfVariablesDoNotMatter() {
    assertThat(PathTemplates.normalize("/a/{id}/b/{other}.json"))
        .isEqualTo(PathTemplates.normalize("/a/{x}/b/{y}.json"))
        .isEqualTo("/a/{}/b/{}.json");
  }
}
