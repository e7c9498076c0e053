package dev.codicil.formats.scc.code;

import groovy.lang.Binding;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import groovy.lang.Script;
import java.nio.charset.StandardCharsets;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.syntax.SyntaxException;

/** Compiles contracts in Groovy. */
final class GroovyPrograms {
  private GroovyPrograms() {}

  /**
   * Compiles one.
   *
   * @param file its name, which places in it are told by
   * @param text what stands in it
   * @param around finds what stands beside it
   */
  static Program compile(String file, String text, ClassLoader around) throws Failure {
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.setSourceEncoding(StandardCharsets.UTF_8.name());
    GroovyClassLoader loader = new GroovyClassLoader(around, configuration);
    Class<?> compiled;
    try {
      compiled = loader.parseClass(new GroovyCodeSource(text, file, "/contracts"), false);
    } catch (MultipleCompilationErrorsException failed) {
      throw failure(failed);
    }
    if (!Script.class.isAssignableFrom(compiled)) {
      return () -> null;
    }
    return () -> InvokerHelper.createScript(compiled, new Binding()).run();
  }

  private static Failure failure(MultipleCompilationErrorsException failed) {
    var errors = failed.getErrorCollector().getErrors();
    String more = errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : "";
    for (Object error : errors) {
      if (error instanceof SyntaxErrorMessage message) {
        SyntaxException cause = message.getCause();
        return new Failure(
            Math.max(cause.getStartLine(), 0),
            Math.max(cause.getStartColumn(), 0),
            "does not compile: " + Failure.brief(cause.getOriginalMessage()) + more,
            "correct it");
      }
    }
    return new Failure(
        0, 0, "does not compile: " + Failure.brief(String.valueOf(failed.getMessage())), "");
  }
}
