package dev.codicil.engine.init;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Services made with Spring Boot, built by Maven or Gradle. */
final class SpringServices {
  private static final Pattern APPLICATION = Pattern.compile("(?m)^@SpringBootApplication\\b");
  private static final Pattern NAME =
      Pattern.compile("spring\\.application\\.name[ \\t]*[=:][ \\t]*([\\w.\\-]{1,80})");
  private static final Pattern GET =
      Pattern.compile("@GetMapping\\(\\s*(?:value\\s*=\\s*|path\\s*=\\s*)?\"(/[^\"{}*?]{0,120})\"");
  private static final Pattern ALL =
      Pattern.compile(
          "@RequestMapping\\(\\s*(?:value\\s*=\\s*|path\\s*=\\s*)?\"(/?[^\"{}*?]{0,120})\"");
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([\\w.\\-]{1,100})}");
  private static final Pattern GRADLE_VERSION =
      Pattern.compile("(?m)^[ \\t]*version[ \\t]*=?[ \\t]*['\"]([^'\"$]{1,80})['\"]");

  private final RepositoryFiles files;

  SpringServices(RepositoryFiles files) {
    this.files = files;
  }

  List<FoundService> find() {
    TreeSet<String> folders = new TreeSet<>();
    for (String file : files.files()) {
      int sources = file.indexOf("src/main/");
      boolean code = file.endsWith(".java") || file.endsWith(".kt");
      if (code
          && (sources == 0 || sources > 0 && file.charAt(sources - 1) == '/')
          && files.text(file).filter(text -> APPLICATION.matcher(text).find()).isPresent()) {
        folders.add(sources == 0 ? "" : file.substring(0, sources - 1));
      }
    }
    List<FoundService> services = new ArrayList<>();
    for (String folder : folders) {
      if (files.has(RepositoryFiles.in(folder, "pom.xml"))) {
        services.add(maven(folder));
      } else if (files.has(RepositoryFiles.in(folder, "build.gradle"))
          || files.has(RepositoryFiles.in(folder, "build.gradle.kts"))) {
        services.add(gradle(folder));
      }
    }
    return services;
  }

  private FoundService maven(String folder) {
    List<String> doubts = new ArrayList<>();
    Element pom = pom(RepositoryFiles.in(folder, "pom.xml"));
    String id = pom == null ? null : child(pom, "artifactId");
    if (id == null) {
      id = folder.isEmpty() ? "app" : RepositoryFiles.last(folder);
    }
    String jar = pom == null ? null : resolved(jar(pom, id), pom);
    if (jar == null || jar.contains("${")) {
      doubts.add("the name of the jar could not be read from pom.xml: check 'artifact'");
      jar = id + ".jar";
    }
    String mvn = files.has("mvnw") ? "sh mvnw" : "mvn";
    String build;
    if (folder.isEmpty()) {
      build = mvn + " -q -B package -DskipTests";
    } else if (files.text("pom.xml").filter(text -> text.contains("<module>")).isPresent()) {
      build = mvn + " -q -B -pl " + ShellWord.quoted(folder) + " -am package -DskipTests";
    } else {
      build = mvn + " -q -B -f " + ShellWord.quoted(folder + "/pom.xml") + " package -DskipTests";
    }
    return service(
        folder,
        id,
        "Spring Boot, Maven",
        build,
        RepositoryFiles.in(folder, "target/" + jar),
        files.text(RepositoryFiles.in(folder, "pom.xml")).orElse(""),
        doubts);
  }

  private FoundService gradle(String folder) {
    List<String> doubts = new ArrayList<>();
    boolean kotlin = files.has(RepositoryFiles.in(folder, "build.gradle.kts"));
    String text =
        files
            .text(RepositoryFiles.in(folder, kotlin ? "build.gradle.kts" : "build.gradle"))
            .orElse("");
    String id = folder.isEmpty() ? "app" : RepositoryFiles.last(folder);
    Matcher version = GRADLE_VERSION.matcher(text);
    String jar = id + (version.find() ? "-" + version.group(1) : "") + ".jar";
    doubts.add("the name of the jar is a guess: check 'artifact'");
    String gradle = files.has("gradlew") ? "sh gradlew" : "gradle";
    String task = folder.isEmpty() ? "bootJar" : ":" + folder.replace('/', ':') + ":bootJar";
    return service(
        folder,
        id,
        "Spring Boot, Gradle",
        gradle + " -q " + ShellWord.quoted(task),
        RepositoryFiles.in(folder, "build/libs/" + jar),
        text,
        doubts);
  }

  private FoundService service(
      String folder,
      String id,
      String kind,
      String build,
      String artifact,
      String buildFile,
      List<String> doubts) {
    CalledAddresses calls = CalledAddresses.ofSpring(files, folder);
    return new FoundService(
        applicationName(folder).orElse(id),
        kind,
        folder,
        build,
        artifact,
        List.of("java", "-jar", "{artifact}", "--server.port={port}"),
        Map.of(),
        buildFile.contains("spring-boot-starter-actuator") ? "/actuator/health" : "/",
        calls.http(),
        calls.others(),
        pages(folder),
        doubts);
  }

  private Optional<String> applicationName(String folder) {
    String resources = RepositoryFiles.in(folder, "src/main/resources/application.");
    Matcher name = NAME.matcher(files.text(resources + "properties").orElse(""));
    if (name.find()) {
      return Optional.of(name.group(1));
    }
    for (String ending : List.of("yml", "yaml")) {
      String given =
          Trees.of(resources + ending, files.text(resources + ending).orElse(""))
              .at("/spring/application/name")
              .asText();
      if (!given.isEmpty() && !given.contains("$")) {
        return Optional.of(given);
      }
    }
    return Optional.empty();
  }

  private List<String> pages(String folder) {
    TreeSet<String> pages = new TreeSet<>();
    String sources = RepositoryFiles.in(folder, "src/main/");
    for (String file : files.below(folder, file -> file.startsWith(sources))) {
      String text = files.text(file).orElse("");
      Matcher all = ALL.matcher(text);
      String prefix = all.find() ? all.group(1) : "";
      GET.matcher(text).results().forEach(match -> pages.add(prefix + match.group(1)));
    }
    return List.copyOf(pages);
  }

  /** The root element; null for what is no POM. A POM may come from anybody: no DTD is read. */
  private @Nullable Element pom(String file) {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder
          .parse(
              new ByteArrayInputStream(
                  files.text(file).orElse("").getBytes(StandardCharsets.UTF_8)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException noPom) {
      return null;
    }
  }

  private static String jar(Element pom, String id) {
    Element build = element(pom, "build");
    String last = build == null ? null : child(build, "finalName");
    if (last != null) {
      return last + ".jar";
    }
    String version = child(pom, "version");
    if (version == null) {
      Element parent = element(pom, "parent");
      version = parent == null ? null : child(parent, "version");
    }
    return id + "-" + (version == null ? "${version}" : version) + ".jar";
  }

  /** Puts in the POM's own properties. */
  private static String resolved(String text, Element pom) {
    Element properties = element(pom, "properties");
    return PROPERTY
        .matcher(text)
        .replaceAll(
            match -> {
              String name = match.group(1);
              String value =
                  name.startsWith("project.")
                      ? child(pom, name.substring("project.".length()))
                      : properties == null ? null : child(properties, name);
              return Matcher.quoteReplacement(value == null ? match.group() : value);
            });
  }

  private static @Nullable Element element(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return null;
  }

  private static @Nullable String child(Element parent, String name) {
    Element element = element(parent, name);
    return element == null ? null : element.getTextContent().strip();
  }
}
