package dev.codicil.engine.source;

import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads every contract of a source and writes the ledger: what was found and what became of it. */
public final class ContractLoader {
  private static final Map<String, String> UNREAD_FORMATS =
      Map.of("avsc", "Avro", "avdl", "Avro", "avpr", "Avro", "proto", "Protobuf");

  private static final List<String> PROGRAMS = List.of(".groovy", ".kts", ".kt", ".java");
  private static final String PROGRAM =
      "this Spring Cloud Contract is a program, which is not run; write it in YAML to have it read";

  private final List<ContractFormat> formats;

  /** A loader that knows these formats. */
  public ContractLoader(List<ContractFormat> formats) {
    this.formats = List.copyOf(formats);
  }

  /**
   * What a side holds.
   *
   * @param contracts in file order
   * @param entries one a file
   */
  public record Loaded(List<Contract> contracts, List<Ledger.Entry> entries) {
    public Loaded {
      contracts = List.copyOf(contracts);
      entries = List.copyOf(entries);
    }
  }

  /**
   * Reads all files of a source below a folder, the amendments folder left out.
   *
   * @param side {@code base} or {@code head}, for the ledger
   * @param source where the files are
   * @param folder relative folder or file; empty for the whole source
   */
  public Loaded load(String side, Source source, String folder) {
    List<Contract> contracts = new ArrayList<>();
    List<Ledger.Entry> entries = new ArrayList<>();
    String below = folder.isEmpty() ? "" : folder + "/";
    for (String file : source.files()) {
      boolean inside = file.equals(folder) || file.startsWith(below);
      if (!inside || file.startsWith(below + "amendments/")) {
        continue;
      }
      if (!isDocument(file)) {
        foreign(side, source, file, entries);
        continue;
      }
      try {
        Contract contract = read(side, source, file, entries);
        if (contract != null) {
          contracts.add(contract);
        }
      } catch (InputException unreadable) {
        entries.add(
            entry(side, file, Ledger.Fate.UNREADABLE, null, 0, List.of(unreadable.getMessage())));
      }
    }
    return new Loaded(contracts, entries);
  }

  /** Contracts that are not read must not look like files that are no contracts. */
  private static void foreign(String side, Source source, String file, List<Ledger.Entry> entries) {
    String format = UNREAD_FORMATS.get(file.substring(file.lastIndexOf('.') + 1));
    try {
      if (format != null) {
        entries.add(unread(side, file, format + " is not read yet"));
      } else if (isProgram(source, file)) {
        entries.add(unread(side, file, PROGRAM));
      }
    } catch (InputException unreadable) {
      entries.add(
          entry(side, file, Ledger.Fate.UNREADABLE, null, 0, List.of(unreadable.getMessage())));
    }
  }

  private static boolean isProgram(Source source, String file) {
    if (PROGRAMS.stream().noneMatch(file::endsWith)) {
      return false;
    }
    String text = new String(source.read(file), StandardCharsets.UTF_8);
    return text.contains("org.springframework.cloud.contract.spec")
        || text.contains("Contract.make")
        || file.endsWith(".kts") && text.contains("contract {");
  }

  /**
   * Reads one file the user named.
   *
   * @throws InputException when it cannot be read, or is no contract
   */
  public Loaded loadNamed(String side, Source source, String file) {
    List<Ledger.Entry> entries = new ArrayList<>();
    Contract contract = read(side, source, file, entries);
    if (contract == null) {
      List<String> problems = entries.get(0).problems();
      throw new InputException(
          Location.of(file),
          problems.isEmpty()
              ? "not a contract in a format that is read"
              : problems.get(0).substring(file.length() + 2),
          "formats are " + formats.stream().map(ContractFormat::id).toList());
    }
    return new Loaded(List.of(contract), entries);
  }

  private @Nullable Contract read(
      String side, Source source, String file, List<Ledger.Entry> entries) {
    byte[] bytes = source.read(file);
    SourceDocument document = DocumentReader.readAll(file, bytes);
    for (ContractFormat format : formats) {
      if (!format.recognizes(document)) {
        continue;
      }
      ContractFormat.Reading reading = format.read(document, source);
      int count = reading.contract().interactions().size();
      List<String> problems =
          new ArrayList<>(
              reading.problems().stream()
                  .map(problem -> problem.location() + ": " + problem.message())
                  .toList());
      Ledger.Fate fate = count == 0 ? Ledger.Fate.EMPTY : Ledger.Fate.LOADED;
      if (count == 0 && problems.isEmpty()) {
        problems.add(file + ": no interactions in it");
      }
      entries.add(entry(side, file, fate, format.id(), count, problems));
      return reading.contract();
    }
    if (document.several()) {
      // One format takes several documents in a file; for the others the second is an error.
      DocumentReader.read(file, bytes);
    }
    entries.add(entry(side, file, Ledger.Fate.NOT_A_CONTRACT, null, 0, List.of()));
    return null;
  }

  private static Ledger.Entry unread(String side, String file, String why) {
    List<String> problems = List.of(file + ": " + why);
    return entry(side, file, Ledger.Fate.UNREADABLE, null, 0, problems);
  }

  private static Ledger.Entry entry(
      String side,
      String file,
      Ledger.Fate fate,
      @Nullable String format,
      int interactions,
      List<String> problems) {
    return new Ledger.Entry(side, file, fate, format, interactions, problems);
  }

  private static boolean isDocument(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return lower.endsWith(".json") || lower.endsWith(".yaml") || lower.endsWith(".yml");
  }
}
