package dev.codicil.engine.source;

import dev.codicil.contract.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A source in which some files are replaced or added by those of another one. */
public final class OverlaySource implements Source {
  private final Source under;
  private final Source over;
  private final Map<String, String> replaced;

  /**
   * @param under the whole set
   * @param over the source of the replacing files
   * @param replaced path in {@code over} by the path it stands for in {@code under}
   */
  public OverlaySource(Source under, Source over, Map<String, String> replaced) {
    this.under = under;
    this.over = over;
    this.replaced = new TreeMap<>(replaced);
  }

  @Override
  public String name() {
    return under.name() + " with " + over.name();
  }

  @Override
  public List<String> files() {
    List<String> files = new ArrayList<>(under.files());
    replaced.keySet().stream().filter(path -> !files.contains(path)).forEach(files::add);
    files.sort(String::compareTo);
    return files;
  }

  @Override
  public byte[] read(String path) {
    String other = replaced.get(path);
    return other == null ? under.read(path) : over.read(other);
  }

  /** The path under which a reviewer finds a file: that of the replacing file when there is one. */
  public String display(String path) {
    return replaced.getOrDefault(path, path);
  }
}
