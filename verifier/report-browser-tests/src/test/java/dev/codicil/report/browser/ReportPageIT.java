package dev.codicil.report.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The report's golden page in Chromium, with its own content security policy in force. */
class ReportPageIT {
  private static final Path PAGE =
      Path.of("../report/src/test/resources/golden/report.html").toAbsolutePath().normalize();

  @SuppressWarnings("NullAway.Init")
  private static Playwright playwright;

  @SuppressWarnings("NullAway.Init")
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Page page;

  @BeforeAll
  static void start() {
    Optional<Path> chromium =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeThat(chromium).as("skipped: no Chromium").isPresent();
    playwright = Playwright.create();
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.orElseThrow())
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  @AfterAll
  static void stop() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void open() {
    page = browser.newPage();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    page.onRequest(
        request -> {
          if (!request.url().startsWith("file:")) {
            complaints.add("asks for " + request.url());
          }
        });
    visit("");
  }

  @AfterEach
  void close() {
    assertThat(complaints).as("the page asks for nothing, and breaks no policy").isEmpty();
    page.close();
  }

  private void visit(String hash) {
    page.navigate("about:blank");
    page.navigate(PAGE.toUri() + hash);
  }

  private long shown(String kind) {
    return page.locator("[data-kind=" + kind + "]:not([hidden])").count();
  }

  @Test
  void aFilterNarrowsAndLivesInTheAddress() {
    long broken = shown("broken");
    long fragile = shown("fragile");
    assertThat(broken).isPositive();
    assertThat(fragile).isPositive();

    page.locator("button[data-filter=broken]").click();
    assertThat(shown("broken")).isEqualTo(broken);
    assertThat(shown("fragile")).isZero();
    assertThat(page.url()).endsWith("#f:kind=broken");
    assertThat(page.locator("#filter-count").innerText()).isEqualTo("2 of 22 findings");

    visit("#f:kind=fragile&q=validation");
    assertThat(shown("broken")).isZero();
    assertThat(shown("fragile")).isPositive();
    assertThat(page.locator("#filter-text").inputValue()).isEqualTo("validation");
    assertThat(page.locator("button[data-filter=fragile]").getAttribute("aria-pressed"))
        .isEqualTo("true");
  }

  @Test
  void aHostileAddressIsOnlyText() {
    visit("#f:q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&kind=%22%5D,broken");
    assertThat(page.locator("img").count()).isZero();
    assertThat(page.locator("#filter-text").inputValue()).startsWith("<img");
    visit("#f:q=%E0%A4%A");
    assertThat(page.locator("#filter-text").inputValue()).isEmpty();
  }

  @Test
  void keysFocusTheFilterAndStepThroughFindings() {
    page.keyboard().press("/");
    assertThat(focused()).isEqualTo("filter-text");
    page.keyboard().type("jk");
    assertThat(page.locator("#filter-text").inputValue()).isEqualTo("jk");
    page.keyboard().press("Escape");
    assertThat(page.locator("#filter-text").inputValue()).isEmpty();

    page.keyboard().press("j");
    String first = focused();
    page.keyboard().press("j");
    String second = focused();
    page.keyboard().press("k");
    assertThat(first).startsWith("finding-");
    assertThat(second).startsWith("finding-").isNotEqualTo(first);
    assertThat(focused()).isEqualTo(first);
  }

  private String focused() {
    return String.valueOf(page.evaluate("document.activeElement.id"));
  }

  @Test
  void aFieldOfTheMapLeadsToItsFinding() {
    Locator field = page.locator(".map td.bad a").first();
    String place = Objects.requireNonNull(field.getAttribute("href"));
    field.click();
    Locator finding = page.locator(place);
    finding.scrollIntoViewIfNeeded();
    assertThat(finding.isVisible()).isTrue();
    assertThat(page.url()).endsWith(place);
  }

  @Test
  void nothingStandsInTheWayOfAssistiveTechnology() throws IOException {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
      page.evaluate(axe());
      Object violations =
          page.evaluate(
              "axe.run(document).then(r => r.violations.map(v => v.id + ': '"
                  + " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(' | ')))");
      assertThat((List<?>) violations).as("in " + scheme).isEmpty();
    }
  }

  private static String axe() throws IOException {
    try (InputStream in = ReportPageIT.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void thePaperShowsWhatIsFoldedAndNoFilter() {
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator("#filter").isVisible()).isFalse();
    assertThat(page.pdf()).hasSizeGreaterThan(20_000);
  }

  @Test
  void withoutScriptsEverythingIsThere() {
    try (Page plain =
        browser.newPage(new Browser.NewPageOptions().setJavaScriptEnabled(false))) {
      plain.navigate(PAGE.toUri().toString());
      assertThat(plain.locator("#filter").isVisible()).isFalse();
      assertThat(plain.locator("article.card").first().isVisible()).isTrue();
    }
  }
}
