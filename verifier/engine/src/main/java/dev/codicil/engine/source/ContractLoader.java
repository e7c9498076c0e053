package dev.codicil.engine.source;

import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import dev.codicil.engine.source.ContractPrograms.Answer;
import dev.codicil.formats.scc.SccPrograms;
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

  private static final String PROGRAM =
      "this Spring Cloud Contract is a program, which was not run";
  private static final String ALLOW =
      "--allow-contract-code runs it; allow it for code you trust, or write it in YAML";

  private final List<ContractFormat> formats;
  private final @Nullable ContractPrograms programs;

  /** A loader that knows these formats, and runs nothing. */
  public ContractLoader(List<ContractFormat> formats) {
    this(formats, null);
  }

  /**
   * A loader that knows these formats.
   *
   * @param programs runs contracts that are programs; null where the user did not allow it
   */
  public ContractLoader(List<ContractFormat> formats, @Nullable ContractPrograms programs) {
    this.formats = List.copyOf(formats);
    this.programs = programs;
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
    List<String> files =
        source.files().stream()
            .filter(file -> file.equals(folder) || file.startsWith(below))
            .filter(file -> !file.startsWith(below + "amendments/"))
            .toList();
    Map<String, Answer> answers = run(source, files);
    for (String file : files) {
      try {
        Contract contract =
            isDocument(file)
                ? read(side, source, file, entries)
                : foreign(side, source, file, answers.get(file), entries);
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

  /** Runs all contracts that are programs at once; empty where that is not allowed. */
  private Map<String, Answer> run(Source source, List<String> files) {
    if (programs == null) {
      return Map.of();
    }
    List<String> found = new ArrayList<>();
    for (String file : files) {
      try {
        if (isProgram(source, file)) {
          found.add(file);
        }
      } catch (InputException unreadable) {
        // It is told when its turn comes.
      }
    }
    return found.isEmpty() ? Map.of() : programs.run(source, files, found);
  }

  /** Contracts that are not read must not look like files that are no contracts. */
  private @Nullable Contract foreign(
      String side,
      Source source,
      String file,
      @Nullable Answer answer,
      List<Ledger.Entry> entries) {
    String format = UNREAD_FORMATS.get(file.substring(file.lastIndexOf('.') + 1));
    if (format != null) {
      throw new InputException(Location.of(file), format + " is not read yet", "");
    }
    if (!isProgram(source, file)) {
      return null;
    }
    if (answer == null) {
      throw new InputException(Location.of(file), PROGRAM, ALLOW);
    }
    if (answer.failure() != null) {
      throw answer.failure();
    }
    String given = answer.contracts();
    if (given == null) {
      entries.add(entry(side, file, Ledger.Fate.NOT_A_CONTRACT, null, 0, List.of()));
      return null;
    }
    ContractFormat.Reading reading =
        SccPrograms.read(file, text(source, file), given, answer.problems(), source);
    return loaded(side, file, SccPrograms.FORMAT, reading, entries);
  }

  private static boolean isProgram(Source source, String file) {
    return SccPrograms.mayBe(file) && SccPrograms.recognizes(file, text(source, file));
  }

  private static String text(Source source, String file) {
    return new String(source.read(file), StandardCharsets.UTF_8);
  }

  /**
   * Reads one file the user named.
   *
   * @throws InputException when it cannot be read, or is no contract
   */
  public Loaded loadNamed(String side, Source source, String file) {
    List<Ledger.Entry> entries = new ArrayList<>();
    Contract contract =
        isDocument(file) || !isProgram(source, file)
            ? read(side, source, file, entries)
            : foreign(side, source, file, alone(source, file), entries);
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

  /** Runs one contract, with the files of its own folder beside it. */
  private @Nullable Answer alone(Source source, String file) {
    if (programs == null) {
      return null;
    }
    String folder = file.substring(0, file.lastIndexOf('/') + 1);
    List<String> beside =
        source.files().stream()
            .filter(other -> other.startsWith(folder))
            .filter(other -> other.indexOf('/', folder.length()) < 0)
            .toList();
    return programs.run(source, beside, List.of(file)).get(file);
  }

  private @Nullable Contract read(
      String side, Source source, String file, List<Ledger.Entry> entries) {
    byte[] bytes = source.read(file);
    SourceDocument document = DocumentReader.readAll(file, bytes);
    for (ContractFormat format : formats) {
      if (!format.recognizes(document)) {
        continue;
      }
      return loaded(side, file, format.id(), format.read(document, source), entries);
    }
    if (document.several()) {
      // One format takes several documents in a file; for the others the second is an error.
      DocumentReader.read(file, bytes);
    }
    entries.add(entry(side, file, Ledger.Fate.NOT_A_CONTRACT, null, 0, List.of()));
    return null;
  }

  private static Contract loaded(
      String side,
      String file,
      String format,
      ContractFormat.Reading reading,
      List<Ledger.Entry> entries) {
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
    entries.add(entry(side, file, fate, format, count, problems));
    return reading.contract();
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
