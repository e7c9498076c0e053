package dev.codicil.formats.scc.code;

import java.io.File;
import java.util.List;
import java.util.Objects;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.script.experimental.api.CompiledScript;
import kotlin.script.experimental.api.ErrorHandlingKt;
import kotlin.script.experimental.api.EvaluationResult;
import kotlin.script.experimental.api.ResultValue;
import kotlin.script.experimental.api.ResultWithDiagnostics;
import kotlin.script.experimental.api.ScriptCompilationConfiguration;
import kotlin.script.experimental.api.ScriptDiagnostic;
import kotlin.script.experimental.api.ScriptEvaluationConfiguration;
import kotlin.script.experimental.api.SourceCode;
import kotlin.script.experimental.host.StringScriptSource;
import kotlin.script.experimental.jvm.BasicJvmScriptEvaluator;
import kotlin.script.experimental.jvm.JvmScriptCompilationKt;
import kotlin.script.experimental.jvm.JvmScriptEvaluationKt;
import kotlin.script.experimental.jvmhost.JvmScriptCompiler;
import org.jspecify.annotations.Nullable;

/**
 * Compiles contracts in Kotlin: scripts whose last expression is a contract, or a list of them. As
 * Spring Cloud Contract's own converter does, it leaves this to Kotlin's scripting host.
 */
final class KotlinPrograms {
  /** What most contracts use of the compiler and of the DSL. */
  private static final String FIRST =
      """
      import org.springframework.cloud.contract.spec.ContractDsl.Companion.contract

      contract {
        request {
          method = GET
          url = url("/")
        }
        response { status = OK }
      }
      """;

  private static final String JVM_TARGET = "17";

  private static @Nullable JvmScriptCompiler compiler;

  private KotlinPrograms() {}

  /**
   * Starts the compiler, once in a process. It takes seconds to load, which belong to no contract:
   * on a busy machine the first one would be told to take longer than it may.
   */
  static void start() {
    if (compiler != null) {
      return;
    }
    // Kotlin would look for a native library on Windows.
    System.setProperty("idea.use.native.fs.for.win", "false");
    try {
      compile("start.kts", FIRST, KotlinPrograms.class.getClassLoader()).run();
    } catch (Throwable failed) {
      // Then the contract that is compiled next fails for the same reason, and has a name.
    }
  }

  /**
   * Compiles one.
   *
   * @param file its name, which places in it are told by
   * @param text what stands in it
   * @param around finds what stands beside it
   */
  static Program compile(String file, String text, ClassLoader around) throws Failure {
    JvmScriptCompiler ready = compiler;
    if (ready == null) {
      ready = new JvmScriptCompiler();
      compiler = ready;
    }
    SourceCode source = new StringScriptSource(text, file, file);
    ResultWithDiagnostics<CompiledScript> compiled =
        given(ready.invoke(source, compilation(), new Now<>()));
    if (!(compiled instanceof ResultWithDiagnostics.Success<CompiledScript> success)) {
      throw failure(compiled.getReports());
    }
    CompiledScript script = success.getValue();
    ScriptEvaluationConfiguration evaluation = evaluation(around);
    return () -> run(script, evaluation);
  }

  private static @Nullable Object run(
      CompiledScript script, ScriptEvaluationConfiguration configuration) throws Throwable {
    ResultWithDiagnostics<EvaluationResult> evaluated =
        given(new BasicJvmScriptEvaluator().invoke(script, configuration, new Now<>()));
    if (!(evaluated instanceof ResultWithDiagnostics.Success<EvaluationResult> success)) {
      throw failure(evaluated.getReports());
    }
    ResultValue result = success.getValue().getReturnValue();
    if (result instanceof ResultValue.Error thrown) {
      throw thrown.getError();
    }
    return result instanceof ResultValue.Value value ? value.getValue() : null;
  }

  private static ScriptCompilationConfiguration compilation() {
    List<File> libraries = Session.classPath().stream().map(File::new).toList();
    return new ScriptCompilationConfiguration(
        builder -> {
          JvmScriptCompilationKt.updateClasspath(builder, libraries);
          builder.invoke(
              JvmScriptCompilationKt.getJvmTarget(
                  JvmScriptCompilationKt.getJvm(ScriptCompilationConfiguration.Companion)),
              JVM_TARGET);
          return Unit.INSTANCE;
        });
  }

  private static ScriptEvaluationConfiguration evaluation(ClassLoader around) {
    return new ScriptEvaluationConfiguration(
        builder -> {
          var jvm = JvmScriptEvaluationKt.getJvm(ScriptEvaluationConfiguration.Companion);
          builder.invoke(JvmScriptEvaluationKt.getBaseClassLoader(jvm), around);
          // They are loaded already, without chance.
          builder.invoke(JvmScriptEvaluationKt.getLoadDependencies(jvm), false);
          return Unit.INSTANCE;
        });
  }

  private static Failure failure(List<ScriptDiagnostic> reports) {
    List<ScriptDiagnostic> errors = reports.stream().filter(ErrorHandlingKt::isError).toList();
    for (ScriptDiagnostic error : errors) {
      if (error.getException() instanceof OutOfMemoryError exhausted) {
        throw exhausted;
      }
    }
    if (errors.isEmpty()) {
      return new Failure(0, 0, "does not compile", "correct it");
    }
    ScriptDiagnostic first =
        errors.stream()
            .filter(error -> error.getLocation() != null)
            .findFirst()
            .orElse(errors.get(0));
    SourceCode.Location location = first.getLocation();
    return new Failure(
        location == null ? 0 : location.getStart().getLine(),
        location == null ? 0 : location.getStart().getCol(),
        "does not compile: "
            + Failure.brief(first.getMessage())
            + (errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : ""),
        "correct it");
  }

  @SuppressWarnings("unchecked") // the type that the continuation which was passed says
  private static <T> ResultWithDiagnostics<T> given(@Nullable Object result) {
    return (ResultWithDiagnostics<T>) Objects.requireNonNull(result);
  }

  /** The compiler could wait for what it reads; it has all at hand, and answers at once. */
  private static final class Now<T> implements Continuation<T> {
    @Override
    public CoroutineContext getContext() {
      return EmptyCoroutineContext.INSTANCE;
    }

    @Override
    public void resumeWith(Object result) {
      throw new IllegalStateException("Kotlin's compiler was suspended");
    }
  }
}
