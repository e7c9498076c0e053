package dev.codicil.formats.scc;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who the parties of a contract are, told by the folders it stands in:
 *
 * <ul>
 *   <li>{@code scc/PROVIDER/CONSUMER/...}, wherever the folder {@code scc} stands;
 *   <li>{@code META-INF/GROUP/PROVIDER/VERSION/contracts/CONSUMER/...}, as stub jars have it;
 *   <li>{@code contracts/PROVIDER/CONSUMER/...} otherwise.
 * </ul>
 *
 * The marker nearest to the file counts.
 *
 * @param provider from its folder
 * @param consumer from its folder
 * @param folder of the contracts between the two, with a slash at its end; files that a contract
 *     refers to must be below it
 * @param name path of the file below that folder, without its extension
 */
record Parties(String provider, String consumer, String folder, String name) {
  private static final String STUB_JAR = "META-INF";

  /**
   * Tells the parties.
   *
   * @param source what the user calls the set of files; it may be a path that holds the marker
   * @param file path inside the set
   * @throws InputException when the path does not tell
   */
  static Parties of(String source, String file) {
    List<String> inside = segments(file);
    List<String> above = segments(source);
    List<String> all = new ArrayList<>(above);
    all.addAll(inside);
    for (String marker : List.of("scc", "contracts")) {
      int at = all.subList(0, all.size() - 1).lastIndexOf(marker);
      if (at < 0) {
        continue;
      }
      boolean jar = at >= 4 && marker.equals("contracts") && all.get(at - 4).equals(STUB_JAR);
      int consumer = jar ? at + 1 : at + 2;
      if (consumer < all.size() - 1) {
        String provider = all.get(jar ? at - 2 : at + 1);
        int first = Math.max(consumer + 1 - above.size(), 0);
        String folder = String.join("/", inside.subList(0, first));
        String path = String.join("/", inside.subList(first, inside.size()));
        int dot = path.lastIndexOf('.');
        return new Parties(
            provider,
            all.get(consumer),
            folder.isEmpty() ? "" : folder + "/",
            dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path);
      }
      break; // an incomplete path below scc is not to be read by the other convention
    }
    throw new InputException(
        Location.of(file),
        "the provider and the consumer of this contract cannot be told from its path",
        "keep it as contracts/scc/PROVIDER/CONSUMER/" + inside.get(inside.size() - 1));
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.replace('\\', '/').split("/"))
        .filter(segment -> !segment.isEmpty() && !segment.equals("."))
        .toList();
  }
}
