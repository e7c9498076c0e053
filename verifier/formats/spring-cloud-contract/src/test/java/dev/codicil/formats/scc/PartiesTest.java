package dev.codicil.formats.scc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.contract.InputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartiesTest {

  @ParameterizedTest
  @CsvSource({
    "repo, contracts/scc/licenses/shop/find.yaml, licenses, shop, contracts/scc/licenses/shop/, find",
    "repo, scc/licenses/shop/v1/find.yaml, licenses, shop, scc/licenses/shop/, v1/find",
    "repo, contracts/licenses/shop/find.yaml, licenses, shop, contracts/licenses/shop/, find",
    "repo, a/contracts/scc/x/y/scc/licenses/shop/find.yml, licenses, shop,"
        + " a/contracts/scc/x/y/scc/licenses/shop/, find",
    "jar, META-INF/com.example/licenses/1.0/contracts/shop/find.yaml, licenses, shop,"
        + " META-INF/com.example/licenses/1.0/contracts/shop/, find",
    "old/contracts/scc, licenses/shop/find.yaml, licenses, shop, licenses/shop/, find",
    "old/scc/licenses, shop/find.yaml, licenses, shop, shop/, find",
    "old/scc/licenses/shop, a/find.yaml, licenses, shop, '', a/find",
    "old/scc/licenses/shop/find.yaml, find.yaml, licenses, shop, '', find",
    "repo, scc/licenses/shop/.yaml, licenses, shop, scc/licenses/shop/, .yaml",
  })
  void theFoldersTellWhoTheyAre(
      String source, String file, String provider, String consumer, String folder, String name) {
    assertThat(Parties.of(source, file)).isEqualTo(new Parties(provider, consumer, folder, name));
  }

  @ParameterizedTest
  @CsvSource({
    "repo, find.yaml",
    "repo, a/b/c/find.yaml",
    "repo, contracts/scc/licenses/find.yaml",
    "repo, contracts/licenses/find.yaml",
    "repo, scc",
  })
  void aPathThatDoesNotTellIsRefusedAndNotGuessed(String source, String file) {
    assertThatThrownBy(() -> Parties.of(source, file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": the provider and the consumer of this contract cannot")
        .hasMessageContaining("contracts/scc/PROVIDER/CONSUMER/");
  }
}
