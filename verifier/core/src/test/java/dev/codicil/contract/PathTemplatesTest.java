package dev.codicil.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplatesTest {

  @ParameterizedTest
  @CsvSource({
    "/licenses/{id}, /licenses/L-1",
    "/licenses/{id}, /licenses/L-1?full=true",
    "/licenses/{id}, /licenses/a%2Fb",
    "/licenses/{id}, /licenses/%E2%82%AC",
    "/licenses/{id}/renewals, /licenses/1/renewals",
    "/files/{name}.{ext}, /files/a.b.txt",
    "/ranges/{from}-{to}, /ranges/1-2",
    "/caf%C3%A9/{x}, /café/1",
    "/a b/{x}, /a%20b/1",
    "/odd/{x}, /odd/100%",
    "/odd/{x}, /odd/%zz",
    "/, /",
    "/literal/{open, /literal/{open",
    "/a/{x}, /a/{x}",
  })
  void matchesSegmentWise(String template, String path) {
    assertThat(PathTemplates.matches(template, path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/licenses/{id}, /licenses/L-1/renewals",
    "/licenses/{id}, /licenses/",
    "/licenses/{id}, /licenses",
    "/licenses, /licenses/",
    "/licenses/{id}, /Licenses/1",
    "/files/{name}.txt, /files/.txt",
    "/files/{name}.txt, /files/a.md",
    "/ranges/{from}-{to}, /ranges/1-",
    "/a/b, /a%2Fb",
    "/a/mine, /a/yours",
  })
  void doesNotMatchWhatTheTemplateDoesNotSay(String template, String path) {
    assertThat(PathTemplates.matches(template, path)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/licenses/{id}, /licenses/{}",
    "/licenses/{id}/x/{other}, /licenses/{}/x/{}",
    "/files/{name}.{ext}, /files/{}.{}",
    "/plain, /plain",
    "/open/{x, /open/{x",
    "/open/{x/y}, /open/{x/y}",
  })
  void normalizingForgetsParameterNames(String template, String normalized) {
    assertThat(PathTemplates.normalize(template)).isEqualTo(normalized);
  }
}
