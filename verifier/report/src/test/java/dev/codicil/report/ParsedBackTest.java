package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Json;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.VerdictReport;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.swing.text.MutableAttributeSet;
import javax.swing.text.html.HTML;
import javax.swing.text.html.HTMLEditorKit;
import javax.swing.text.html.parser.ParserDelegator;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Hostile text in every format, read back by a parser of that format: it is seen as text. */
class ParsedBackTest {
  /** What each of these formats has of its own. */
  private static final List<String> EVIL =
      List.of(
          Fixture.HOSTILE,
          "]]> <![CDATA[x]]> <!-- --> -- &amp; &#0; \ud800 \udc00 \uffff \ufffe \u0008 \u000b owned",
          "@team #123 GH-7 a/b#9 ![i](http://e.test/i.png) [l](javascript:x) <http://e.test> owned",
          "``` \n```\n````\n</details></summary></code></table>\n<img src=x onerror=y> owned",
          "\n\n# head\n- item\n1. one\n> quote\n| a | b |\n| - | - |\n    code owned",
          "%0A%0D::error::owned \r::warning file=x::y\n::stop-commands::z ##[group] ,:%25",
          "\u202e\u2066\u200b\u2060\ufeff\u001b]0;title\u0007\u009b31m\u2028\u2029 owned",
          "\\\\ \\| \\` ${x} {{y}} $$m$$ :smile: *b* _i_ ~~s~~ www.e.test owned");

  private static final Set<String> TAGS =
      Set.of("details", "/details", "summary", "/summary", "code", "/code", "b", "/b", "br");

  static List<Arguments> all() {
    List<Arguments> all = new ArrayList<>();
    for (Reporter reporter : Reporters.builtIn(new Check("the/check", "sub/project"))) {
      for (int i = 0; i < EVIL.size(); i++) {
        all.add(Arguments.of(reporter.id(), reporter, EVIL.get(i)));
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void isSeenAsText(String id, Reporter reporter, String evil) throws Exception {
    String rendered = reporter.render(VerdictReport.of(List.of(hostile(evil))));

    assertThat(rendered.codePoints().filter(point -> point != '\n'))
        .noneMatch(Character::isISOControl)
        .noneMatch(point -> Character.getType(point) == Character.FORMAT)
        .noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    assertThat(rendered).doesNotContain("##[");
    String seen =
        switch (id) {
          case "json" -> json(rendered, evil);
          case "sarif", "gitlab" -> String.join("\n", texts(Json.mapper().readTree(rendered)));
          case "junit" -> xml(rendered);
          case "html" -> page(rendered);
          case "github" -> commands(rendered);
          case "markdown" -> markdown(rendered, false);
          default -> markdown(rendered, true);
        };
    String shown = Escape.visible(evil).strip();
    String beginning = shown.substring(0, Math.min(25, shown.length()));
    assertThat(squeezed(seen)).contains(squeezed(beginning));
    if (!id.equals("github")) { // which has commands of its own
      assertThat(rendered.lines()).noneMatch(line -> line.stripLeading().startsWith("::"));
    }
  }

  /** Without what a format may add to keep a text harmless: spaces and word joiners. */
  private static String squeezed(String text) {
    return text.replaceAll("[\\s\u2060\u00a0]", "");
  }

  private static AmendmentVerdict hostile(String evil) {
    AmendmentVerdict verdict = Fixture.hostile(evil);
    Change change = verdict.changes().get(0);
    Change breaking =
        new Change(
            change.rule(),
            Severity.BREAKING,
            change.effect(),
            change.direction(),
            change.provider(),
            change.operation(),
            change.path(),
            change.before(),
            change.after(),
            change.message(),
            change.baseLocation(),
            change.headLocation(),
            change.touches());
    return new AmendmentVerdict(
        verdict.name(),
        verdict.verdict(),
        verdict.evidence(),
        verdict.findings(),
        List.of(breaking),
        verdict.reasons(),
        verdict.coverage(),
        verdict.ledger(),
        verdict.seed(),
        verdict.millis(),
        verdict.witnesses());
  }

  /** For programs: the very text, as far as it is text. */
  private static String json(String rendered, String evil) throws Exception {
    JsonNode root = Json.mapper().readTree(rendered);
    assertThat(root.at("/amendments/0/name").textValue()).isEqualTo(evil);
    return Escape.visible(root.at("/amendments/0/name").textValue());
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }

  private static String xml(String rendered) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Document document =
        factory.newDocumentBuilder().parse(new InputSource(new StringReader(rendered)));
    Set<String> elements = new TreeSet<>();
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      elements.add(all.item(i).getNodeName());
    }
    assertThat(elements)
        .containsExactly(
            "failure", "properties", "property", "testcase", "testsuite", "testsuites");
    Element failure = (Element) document.getElementsByTagName("failure").item(0);
    Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
    assertThat(squeezed(failure.getTextContent()))
        .contains(squeezed(suite.getAttribute("name")).substring(0, 5));
    return suite.getAttribute("name");
  }

  private static String page(String rendered) throws Exception {
    int own = rendered.lastIndexOf("<script>// Filters"); // allowed by its hash, and the last
    assertThat(own).isPositive();
    StringBuilder text = new StringBuilder();
    Set<String> tags = new TreeSet<>();
    new ParserDelegator()
        .parse(
            new StringReader(rendered.substring(0, own) + "</body></html>"),
            new HTMLEditorKit.ParserCallback() {
              @Override
              public void handleText(char[] data, int position) {
                text.append(data).append(' ');
              }

              @Override
              public void handleStartTag(HTML.Tag tag, MutableAttributeSet a, int position) {
                tags.add(tag.toString());
              }

              @Override
              public void handleSimpleTag(HTML.Tag tag, MutableAttributeSet a, int position) {
                tags.add(tag.toString());
              }
            },
            true);
    assertThat(tags).contains("h1", "table").doesNotContain("script", "img", "iframe", "object");
    return text.toString();
  }

  /** The messages and titles of the commands, as GitHub decodes them. */
  private static String commands(String rendered) {
    Pattern command = Pattern.compile("::(error|warning|notice) ([^\\r\\n]*?)::(.*)");
    StringBuilder text = new StringBuilder();
    int commands = 0;
    for (String line : rendered.lines().toList()) {
      if (line.startsWith("::")) {
        Matcher matcher = command.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        Map<String, String> properties = new HashMap<>();
        for (String property : matcher.group(2).split(",", -1)) {
          String[] pair = property.split("=", 2);
          assertThat(properties.put(pair[0], decoded(pair[1]))).isNull();
        }
        assertThat(properties.keySet()).isSubsetOf("file", "line", "col", "title");
        text.append(properties.get("title")).append('\n').append(decoded(matcher.group(3)));
        commands++;
      } else {
        assertThat(line).doesNotContain("::");
      }
    }
    assertThat(commands).isEqualTo(2);
    // a line break is one here, and is told as such everywhere else
    return text.toString().replace("\r", "\\r").replace("\n", "\\n");
  }

  private static String decoded(String text) {
    return text.replace("%2C", ",")
        .replace("%3A", ":")
        .replace("%0A", "\n")
        .replace("%0D", "\r")
        .replace("%25", "%");
  }

  private static String markdown(String rendered, boolean fenced) {
    Node document =
        Parser.builder().extensions(List.of(TablesExtension.create())).build().parse(rendered);
    StringBuilder text = new StringBuilder();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text node) {
            text.append(node.getLiteral());
          }

          @Override
          public void visit(HtmlInline node) {
            tag(node.getLiteral());
          }

          @Override
          public void visit(HtmlBlock node) {
            Matcher tags = Pattern.compile("<[^>]*>?").matcher(node.getLiteral());
            while (tags.find()) {
              tag(tags.group());
            }
          }

          @Override
          public void visit(Link node) {
            throw new AssertionError("a link to " + node.getDestination());
          }

          @Override
          public void visit(Image node) {
            throw new AssertionError("an image of " + node.getDestination());
          }

          @Override
          public void visit(Code node) {
            throw new AssertionError("code: " + node.getLiteral());
          }

          @Override
          public void visit(IndentedCodeBlock node) {
            throw new AssertionError("code: " + node.getLiteral());
          }

          @Override
          public void visit(FencedCodeBlock node) {
            assertThat(node.getInfo()).isEqualTo("sh");
            text.append(node.getLiteral());
          }
        });
    String prose = rendered.replaceAll("(?s)\n(`{3,})sh\n.*?\n\\1\n", "\n");
    assertThat(prose).doesNotContainPattern("@(?!&#8288;)[A-Za-z]");
    assertThat(prose.equals(rendered)).isEqualTo(!fenced);
    assertThat(count(prose, "<details>")).isEqualTo(count(prose, "</details>"));
    return text.toString();
  }

  private static void tag(String tag) {
    if (!tag.equals("<!-- codicil:the/check -->")) {
      assertThat(TAGS).contains(tag.replaceAll("[<>]", ""));
    }
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
