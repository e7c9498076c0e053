package dev.codicil.expressions;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.experiment.Formula;
import dev.codicil.experiment.Invariant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compiles statements in the Common Expression Language (<a
 * href="https://github.com/google/cel-spec/blob/master/doc/langdef.md">its definition</a>). The
 * language has no loops of its own: macros over lists and maps are bounded in their steps, nothing
 * can make a text longer, and regular expressions are matched in linear time.
 */
public final class CelFormulas {
  /** Most steps that the macros of one evaluation take together. */
  static final int MOST_STEPS = 1_000_000;

  private static final int MOST_CHARACTERS = 10_000;
  private static final int MOST_DEPTH = 64;
  private static final int MOST_REGEX = 10_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MOST_CHARACTERS)
          .maxParseRecursionDepth(MOST_DEPTH)
          .maxRegexProgramSize(MOST_REGEX)
          .comprehensionMaxIterations(MOST_STEPS)
          .enableHeterogeneousNumericComparisons(true)
          .errorOnDuplicateMapKeys(true)
          .errorOnIntWrap(true)
          .enableStringConcatenation(false)
          .build();

  private static final CelType REPLY =
      struct(
          "codicil.Reply",
          Map.of(
              "status", SimpleType.INT,
              "headers", MapType.create(SimpleType.STRING, SimpleType.STRING),
              "body", SimpleType.DYN));

  private static final CelType REQUEST =
      struct(
          "codicil.Request",
          Map.of(
              "method", SimpleType.STRING,
              "path", SimpleType.STRING,
              "query", SimpleType.STRING,
              "headers", MapType.create(SimpleType.STRING, SimpleType.STRING),
              "body", SimpleType.DYN));

  private CelFormulas() {}

  /**
   * Compiles and checks the types that are known.
   *
   * @param text the statement
   * @param reads names of read-backs, which are variables beside {@code reply}, {@code request} and
   *     {@code before}
   * @param location where it is written
   * @throws InputException when it does not parse, names what is not there, or is no statement
   */
  public static Formula compile(String text, Collection<String> reads, Location location) {
    Map<String, CelType> types = new TreeMap<>();
    types.put(Invariant.REPLY, REPLY);
    types.put(Invariant.REQUEST, REQUEST);
    reads.forEach(name -> types.put(name, REPLY));
    CelType before =
        struct(
            "codicil.Before",
            reads.stream()
                .distinct()
                .collect(java.util.stream.Collectors.toMap(name -> name, name -> REPLY)));
    types.put(Invariant.BEFORE, before);
    Cel cel = cel(types, before);
    try {
      CelAbstractSyntaxTree ast = cel.compile(text).getAst();
      return new CelFormula(text, ast, cel.createProgram(ast), types.keySet());
    } catch (CelValidationException wrong) {
      throw refused(wrong, text, types, location);
    } catch (CelEvaluationException wrong) {
      throw new InputException(
          location, "the check cannot be used: " + wrong.getMessage(), "write it otherwise");
    }
  }

  private static Cel cel(Map<String, CelType> variables, CelType before) {
    dev.cel.bundle.CelBuilder builder =
        CelFactory.standardCelBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(new Types(ImmutableList.of(REPLY, REQUEST, before)))
            .setResultType(SimpleType.BOOL)
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    "sum",
                    CelOverloadDecl.newGlobalOverload(
                        "sum_list", SimpleType.DYN, ListType.create(SimpleType.DYN))))
            .addFunctionBindings(CelFunctionBinding.from("sum_list", List.class, Sums::of));
    variables.forEach(builder::addVar);
    return builder.build();
  }

  private static InputException refused(
      CelValidationException wrong, String text, Map<String, CelType> types, Location location) {
    CelIssue first = wrong.getErrors().isEmpty() ? null : wrong.getErrors().get(0);
    String where =
        first == null || first.getSourceLocation().getLine() < 1
            ? ""
            : " (at character "
                + (first.getSourceLocation().getColumn() + 1)
                + (text.strip().contains("\n")
                    ? " of its line " + first.getSourceLocation().getLine()
                    : "")
                + ")";
    String what = first == null ? String.valueOf(wrong.getMessage()) : first.getMessage();
    return new InputException(
        location,
        "the check cannot be used: " + what.lines().findFirst().orElse("") + where,
        "it is a statement in CEL that is true or false; variables here are "
            + String.join(", ", new TreeSet<>(types.keySet())));
  }

  private static StructType struct(String name, Map<String, CelType> types) {
    ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(types);
    return StructType.create(
        name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }

  /** What replies and requests are made of. */
  private record Types(ImmutableList<CelType> all) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return all;
    }

    @Override
    public Optional<CelType> findType(String name) {
      return all.stream().filter(type -> type.name().equals(name)).findFirst();
    }
  }
}
