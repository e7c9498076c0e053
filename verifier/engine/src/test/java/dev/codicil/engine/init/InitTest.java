package dev.codicil.engine.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.contract.InputException;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.experiment.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitTest {
  private static final Path GOLDEN = Path.of("src/test/resources/init/codicil.yaml");

  private static final String INVENTORY =
      """
      openapi: 3.0.3
      info: { title: inventory, version: "1" }
      paths:
        /items/{sku}:
          get:
            parameters: [{ name: sku, in: path, required: true, schema: { type: string } }]
            responses: { "200": { description: ok } }
      """;
  private static final String PACT =
      """
      { "consumer": { "name": "orders" }, "provider": { "name": "inventory" },
        "interactions": [ { "description": "an item", "providerState": "A1 is in stock",
          "request": { "method": "GET", "path": "/items/A1" }, "response": { "status": 200 } } ],
        "metadata": { "pactSpecification": { "version": "2.0.0" } } }
      """;

  @TempDir Path root;

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void shop() throws IOException {
    file("contracts/openapi/inventory.yaml", INVENTORY);
    file("contracts/pact/orders-inventory.json", PACT);
    file("old/payments.yaml", INVENTORY);
    file("pom.xml", "<project><modules><module>services/orders</module></modules></project>");
    file(
        "services/orders/pom.xml",
        """
        <project><parent><version>1.2</version></parent><artifactId>orders-service</artifactId>
        <dependencies><dependency><artifactId>spring-boot-starter-actuator</artifactId></dependency></dependencies>
        </project>
        """);
    file(
        "services/orders/src/main/java/shop/Orders.java",
        "@SpringBootApplication\nclass Orders {}");
    file(
        "services/orders/src/main/java/shop/Api.java",
        "@RequestMapping(\"/api\")\nclass Api { @GetMapping(\"/orders\") void all() {}"
            + " @GetMapping(\"/orders/{id}\") void one() {} }");
    file(
        "services/orders/src/main/resources/application.yml",
        """
        spring:
          application: { name: orders }
          datasource: { url: "${DB_URL:jdbc:postgresql://localhost:5432/orders}" }
        shop:
          inventory-url: ${INVENTORY_URL:http://localhost:8081}
          mailer.base-url: http://mailer.internal:8025
        """);
    file(
        "services/inventory/build.gradle",
        "plugins { id 'org.springframework.boot' }\nversion = '3'");
    file(
        "services/inventory/src/main/kotlin/Inventory.kt",
        "@SpringBootApplication\nclass Inventory");
    file(
        "web/package.json",
        """
        { "name": "@shop/web", "scripts": { "start": "node server.js" }, "dependencies": { "express": "5" } }
        """);
    file(
        "web/server.js",
        "app.get('/health', ok); app.get('/cart', cart); axios.get(process.env.ORDERS_URL);"
            + " app.listen(process.env.PORT)");
    file(
        "compose.yaml",
        """
        services:
          orders: { build: ./services/orders }
          pricing: { build: { context: pricing }, environment: [ "A=b" ] }
          db: { image: "postgres:16" }
        """);
  }

  private static Subject subject(Project project, String name) {
    return Objects.requireNonNull(project.subjects().get(name));
  }

  @Test
  void aRepositoryOfServicesGetsAFileThatCodicilReads() throws IOException {
    shop();
    Proposal proposal = Init.propose(root);
    if (System.getProperty("codicil.golden", "").equals("write")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, proposal.yaml());
    }
    assertThat(proposal.yaml()).isEqualTo(Files.readString(GOLDEN));
    assertThat(proposal.found())
        .containsExactly(
            "contracts  contracts: 2 files, 2 interactions",
            "           inventory (openapi)",
            "           orders -> inventory (pact)",
            "service    inventory (Spring Boot, Gradle, services/inventory)",
            "service    orders (Spring Boot, Maven, services/orders)",
            "service    web (Node.js, npm, web)");
    assertThat(proposal.todo())
        .contains(
            "old/payments.yaml lies outside: move or copy it",
            "inventory: contracts name provider states; give it an address that sets them up"
                + " ('state')",
            "orders: it has a database; give each side its own (DB_URL)",
            "pricing: is in the Compose file; say how it starts");

    Init.write(root, proposal, false);
    Project project = ProjectReader.read(root);
    Subject orders = subject(project, "orders");
    assertThat(orders.env()).containsEntry("INVENTORY_URL", "{upstream.inventory}");
    assertThat(orders.upstreams()).containsOnlyKeys("inventory");
    assertThat(subject(project, "web").upstreams()).containsOnlyKeys("orders");
  }

  @Test
  void aProviderThatNobodyCanStartIsPlayedFromItsDocument() throws IOException {
    shop();
    Files.delete(root.resolve("services/inventory/build.gradle"));
    assertThat(Init.propose(root).yaml())
        .contains("inventory: { stub: contracts/openapi/inventory.yaml }");
  }

  @Test
  void anEmptyRepositoryIsToldWhatIsMissing() {
    Proposal proposal = Init.propose(root);
    Init.write(root, proposal, false);
    assertThat(ProjectReader.read(root).subjects()).isEmpty();
    assertThat(proposal.todo().get(0)).contains("put the contracts");
    assertThat(FirstLook.at(root, proposal))
        .containsExactly("First verdict: none. There is no contract to look at yet.");
  }

  @Test
  void theFirstLookHoldsConsumersToDocuments() throws IOException {
    shop();
    assertThat(FirstLook.at(root, Init.propose(root)))
        .contains(
            "  1 interactions of consumers held to the providers' documents: all are promised",
            "  no git repository: name what to compare with, codicil verify --base DIR");
  }

  @Test
  void whatIsThereIsNotReplacedUnlessAsked() throws IOException {
    Files.writeString(root.resolve("codicil.yaml"), "version: 1 # mine\n");
    Proposal proposal = Init.propose(root);
    assertThatThrownBy(() -> Init.write(root, proposal, false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is there already");
    assertThat(Files.readString(root.resolve("codicil.yaml"))).contains("mine");
    Init.write(root, proposal, true);
    assertThat(Files.readString(root.resolve("codicil.yaml"))).doesNotContain("mine");
  }

  @Test
  void aWorkflowIsWrittenOnlyOnGithubAndOnlyOnce() throws IOException {
    assertThat(Init.writeWorkflow(root)).isEmpty();
    file(".git/config", "[remote \"origin\"]\n url = git@github.com:shop/shop.git\n");
    assertThat(Init.writeWorkflow(root)).contains(".github/workflows/codicil.yml");
    assertThat(root.resolve(".github/workflows/codicil.yml"))
        .hasSameTextualContentAs(Path.of("../../docs/workflows/codicil.yml"));
    assertThat(Init.writeWorkflow(root)).isEmpty();
  }

  @Test
  void hostileNamesStayNames() throws IOException {
    shop();
    String hostile = "web/a\"b'c#d: $(touch x) `e`\u2028{f}";
    file(hostile + "/package.json", "{\"name\":\"null\",\"scripts\":{\"start\":\"vite # }\"}}");
    file(hostile + "/x.js", "fetch(process.env.ORDERS_URL)");
    file(
        "compose.yml",
        "services: { \"a\\n  b: [\": { build: \"x\\ny: ]\", environment: { \"A: {\": http://orders } } }");
    file(
        "services/orders/src/main/resources/application.properties",
        "a.url=http://x\" }\nb.url=${B_URL:http://}\n" + "\n".repeat(100_000));
    file(
        "services/orders/pom.xml",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>");
    Init.write(root, Init.propose(root), false);
    Project project = ProjectReader.read(root);
    assertThat(project.subjects()).containsKeys("null", "orders");
    assertThat(subject(project, "null").command())
        .containsExactly("npm", "--prefix", hostile, "start", "--silent");
  }
}
