package dev.codicil.engine;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.source.GitRepository;
import dev.codicil.engine.source.NamePatterns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns what the user typed for bases into names of files, folders and {@code REV:path}.
 *
 * @param names each once, in the order of the patterns; those of one pattern by version
 * @param lacking tags that a pattern found and that do not have the path, as {@code TAG:path}
 */
record Bases(List<String> names, List<String> lacking) {
  private static final String TAGS = "tags:";
  private static final int MOST = 1000;

  Bases {
    names = List.copyOf(names);
    lacking = List.copyOf(lacking);
  }

  /**
   * Expands patterns: {@code tags:v*} and {@code tags:v*:path} are tags, and other names with
   * {@code *} or {@code ?} are files and folders.
   *
   * @param here folder that relative paths and revisions refer to
   * @param head whose path is meant where a pattern of tags says none
   * @throws InputException when a pattern matches nothing, or far too much
   */
  static Bases expand(Path here, List<String> typed, String head) {
    Set<String> names = new LinkedHashSet<>();
    List<String> lacking = new ArrayList<>();
    for (String pattern : typed) {
      Path path = NamedDocuments.path(here, pattern);
      if (path != null && Files.exists(path)) {
        names.add(pattern);
      } else if (pattern.startsWith(TAGS)) {
        tags(here, pattern, head, names, lacking);
      } else if (NamePatterns.isPattern(pattern)) {
        names.addAll(paths(here, pattern));
      } else {
        names.add(pattern);
      }
    }
    return new Bases(List.copyOf(names), lacking);
  }

  private static void tags(
      Path here, String typed, String head, Set<String> names, List<String> lacking) {
    String rest = typed.substring(TAGS.length());
    int colon = rest.indexOf(':');
    String pattern = colon < 0 ? rest : rest.substring(0, colon);
    String path = colon < 0 ? pathOf(here, head, typed) : rest.substring(colon + 1);
    String inside = NamedDocuments.inside(path);
    try (GitRepository repository = NamedDocuments.repository(here, typed)) {
      List<String> tags = repository.tags(pattern);
      if (tags.isEmpty()) {
        throw new InputException(
            Location.of(typed),
            "no tag matches" + (repository.isShallow() ? " in this shallow clone" : ""),
            "git fetch --tags, or check the pattern");
      }
      if (tags.size() > MOST) {
        throw tooMany(typed);
      }
      int before = names.size();
      for (String tag : tags) {
        if (NamedDocuments.exists(repository, tag, inside)) {
          names.add(tag + ":" + path);
        } else {
          lacking.add(tag + ":" + path);
        }
      }
      if (names.size() == before && lacking.size() >= tags.size()) {
        throw new InputException(
            Location.of(typed),
            "none of " + tags.size() + " tags has '" + path + "'",
            "say where the contracts were: " + TAGS + pattern + ":PATH");
      }
    }
  }

  /** The path of the head below the working directory, to be looked up in other revisions. */
  private static String pathOf(Path here, String head, String typed) {
    Path path = NamedDocuments.path(here, head);
    if (path != null && Files.exists(path)) {
      Path root = here.toAbsolutePath().normalize();
      Path absolute = path.toAbsolutePath().normalize();
      if (absolute.startsWith(root)) {
        return root.relativize(absolute).toString().replace('\\', '/');
      }
    } else if (head.indexOf(':') > 0) {
      return head.substring(head.indexOf(':') + 1);
    }
    throw new InputException(
        Location.of(typed),
        "where the contracts are in these tags cannot be told from the head '" + head + "'",
        "say it: " + typed + ":PATH");
  }

  private static List<String> paths(Path here, String typed) {
    List<String> found = List.of(typed.startsWith("/") ? "/" : "");
    for (String segment : typed.split("/", -1)) {
      if (segment.isEmpty()) {
        continue;
      }
      List<String> next = new ArrayList<>();
      for (String parent : found) {
        if (NamePatterns.isPattern(segment)) {
          children(here.resolve(parent), segment).forEach(name -> next.add(child(parent, name)));
        } else if (Files.exists(here.resolve(parent).resolve(segment))) {
          next.add(child(parent, segment));
        }
      }
      if (next.size() > MOST) {
        throw tooMany(typed);
      }
      found = next;
    }
    if (found.isEmpty()) {
      throw new InputException(
          Location.of(typed), "no file or folder matches", "check the pattern");
    }
    return found;
  }

  private static InputException tooMany(String typed) {
    return new InputException(
        Location.of(typed), "more than " + MOST + " bases match", "narrow the pattern");
  }

  private static String child(String parent, String name) {
    return parent.isEmpty() || parent.endsWith("/") ? parent + name : parent + "/" + name;
  }

  private static List<String> children(Path folder, String pattern) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .map(child -> String.valueOf(child.getFileName()))
          .filter(name -> NamePatterns.matches(pattern, name))
          .filter(name -> !name.startsWith(".") || pattern.startsWith("."))
          .sorted(NamePatterns.BY_VERSION)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
