package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainEnvironmentTest {
  @ParameterizedTest
  @CsvSource({
    "PATH,/usr/bin:/opt/token-tool/bin",
    "Path,C:\\Windows",
    "HOME,/home/ada",
    "LC_ALL,C.UTF-8",
    "JAVA_HOME_17_X64,/opt/jdk",
    "MAVEN_OPTS,-Xmx1g",
    "https_proxy,http://proxy:3128"
  })
  void whatProgramsNeedIsSeen(String name, String value) {
    assertThat(PlainEnvironment.allows(name, value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GITHUB_TOKEN",
        "GITHUB_ENV",
        "ACTIONS_RUNTIME_TOKEN",
        "MAVEN_PASSWORD",
        "MAVEN_GPG_PASSPHRASE",
        "AWS_SECRET_ACCESS_KEY",
        "SSH_AUTH_SOCK",
        "JAVA_TOOL_OPTIONS",
        "LD_PRELOAD",
        "LC_",
        ""
      })
  void whatNobodyHasAllowedIsNotSeen(String name) {
    assertThat(PlainEnvironment.allows(name, "x")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "MAVEN_OPTS,-Dhttps.proxyPassword=x",
    "HTTP_PROXY,http://ada:x@proxy:3128",
    "http_proxy,http://token@proxy",
    "MAVEN_ARGS,-Dregistry.apiKey=x"
  })
  void aCredentialInAnAllowedVariableIsNotSeen(String name, String value) {
    assertThat(PlainEnvironment.allows(name, value)).isFalse();
  }

  @Test
  void theRestIsTakenOut() {
    Map<String, String> environment =
        new TreeMap<>(Map.of("PATH", "/bin", "CI", "true", "DEPLOY_KEY", "x", "GITHUB_SHA", "y"));

    PlainEnvironment.keepOnly(environment);

    assertThat(environment).containsOnlyKeys("CI", "PATH");
  }
}
