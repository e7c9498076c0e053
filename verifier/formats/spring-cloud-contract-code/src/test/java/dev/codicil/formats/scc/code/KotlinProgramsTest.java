package dev.codicil.formats.scc.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import groovy.json.JsonOutput;
import groovy.json.JsonSlurper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.cloud.contract.spec.Contract;

/** Contracts in Kotlin, beside the same ones in Groovy. */
class KotlinProgramsTest {
  private static final String IMPORTS =
      """
      import org.springframework.cloud.contract.spec.ContractDsl.Companion.contract
      import org.springframework.cloud.contract.spec.withQueryParameters
      """;

  @BeforeAll
  static void loadTheCompilerOnce() {
    KotlinPrograms.start();
  }

  private static Program kotlin(String text) throws Failure {
    return KotlinPrograms.compile("a.kts", text, KotlinProgramsTest.class.getClassLoader());
  }

  private static List<Object> written(Object given) {
    List<Object> written = new ArrayList<>();
    for (Object item : given instanceof List<?> list ? list : List.of(given)) {
      ContractText text = ContractText.of((Contract) item, Path.of("folder"));
      written.add(new JsonSlurper().parseText(JsonOutput.toJson(text.contract())));
      written.add(text.problems());
    }
    return written;
  }

  @Test
  void theSameContractsInGroovyAreWrittenAlike() throws Throwable {
    String inKotlin =
        """
        listOf(
          contract {
            request {
              method = POST
              urlPath = path("/a") withQueryParameters {
                parameter("p", value(consumer(containing("x")), producer("axb")))
                parameter("q", absent())
              }
              headers { contentType = APPLICATION_JSON; header("X", v(c(regex("[a-z]{3}")), p("abc"))) }
              body = body(
                "id" to value(consumer(regex("[0-9]+")), producer("7")),
                "n" to 1, "d" to 1.5, "letter" to 'c', "set" to setOf(true), "ints" to intArrayOf(1, 2),
                "mail" to v(c(optional(regex("[a-z]+"))), p("x")),
                "many" to listOf(mapOf("at" to v(c(isoDate), p("2026-01-01")))))
              bodyMatchers { jsonPath("$.n", byEquality); jsonPath("$.d", byRegex("[0-9.]+")) }
            }
            response {
              status = CREATED
              cookies { cookie("z", "1"); cookie("a", v(c("2"), p(regex("[0-9]")))) }
              body = body(mapOf("url" to fromRequest().url(), "run" to v(c(1), p(execute("go()")))))
              bodyMatchers {
                jsonPath("$.date", byDate)
                jsonPath("$.none", byNull)
                jsonPath("$.code", byCommand("check()"))
                jsonPath("$.some", byType { occurrence(3) })
              }
            }
          },
          contract {
            label = "l"
            input { triggeredBy = "go()"; assertThat = "done()" }
            outputMessage {
              sentTo = sentTo("q")
              headers { header("k", v(c("a"), p(regex("[a-z]")))) }
              body = body("plain")
              assertThat = "sent()"
            }
          })
        """;
    String inGroovy =
        """
        [
          org.springframework.cloud.contract.spec.Contract.make {
            request {
              method POST()
              urlPath('/a') {
                queryParameters {
                  parameter('p', value(consumer(containing('x')), producer('axb')))
                  parameter('q', absent())
                }
              }
              headers { contentType(applicationJson()); header('X', value(c(regex('[a-z]{3}')), p('abc'))) }
              body(
                id: value(consumer(regex('[0-9]+')), producer('7')),
                n: 1, d: 1.5d, letter: 'c', set: [true], ints: [1, 2],
                mail: value(c(optional(regex('[a-z]+'))), p('x')),
                many: [[at: value(c(isoDate()), p('2026-01-01'))]])
              bodyMatchers { jsonPath('$.n', byEquality()); jsonPath('$.d', byRegex('[0-9.]+')) }
            }
            response {
              status CREATED()
              cookies { cookie('a', value(c('2'), p(regex('[0-9]')))); cookie('z', '1') }
              body(url: fromRequest().url(), run: value(c(1), p(execute('go()'))))
              bodyMatchers {
                jsonPath('$.date', byDate())
                jsonPath('$.none', byNull())
                jsonPath('$.code', byCommand('check()'))
                jsonPath('$.some', byType { occurrence(3) })
              }
            }
          },
          org.springframework.cloud.contract.spec.Contract.make {
            label 'l'
            input { triggeredBy('go()'); assertThat('done()') }
            outputMessage {
              sentTo 'q'
              headers { header('k', value(c('a'), p(regex('[a-z]')))) }
              body('plain')
              assertThat('sent()')
            }
          }
        ]
        """;

    Object one = Objects.requireNonNull(kotlin(IMPORTS + inKotlin).run());
    Object other =
        GroovyPrograms.compile("a.groovy", inGroovy, KotlinProgramsTest.class.getClassLoader())
            .run();

    // Cookies by name: Spring Cloud Contract keeps them in no order.
    assertThat(JsonOutput.toJson(written(one))).contains("\"cookies\":{\"a\":\"2\",\"z\":\"1\"}");
    assertThat(written(one)).isEqualTo(written(Objects.requireNonNull(other))).hasSize(4);
  }

  @Test
  void whatCannotBeCarriedOverIsToldInKotlinToo() throws Throwable {
    Object given =
        kotlin(
                IMPORTS
                    + "contract { request { method = GET; url = url(\"/${v(c(\"a\"), p(\"b\"))}\")"
                    + "; body = body(\"b\" to byteArrayOf(1)) }; response { status = OK } }")
            .run();

    assertThat(ContractText.of((Contract) Objects.requireNonNull(given), Path.of("f")).problems())
        .hasSize(2)
        .anyMatch(problem -> problem.contains("bytes in the contract are not understood"))
        .anyMatch(problem -> problem.startsWith("a text has a value with two sides in it"));
  }

  @ParameterizedTest
  @CsvSource({
    "'val x = 1\n  nowhere()',2,3,nowhere",
    "'contract { }',1,1,contract",
    "'listOf(1,',1,10,Expecting",
    "'package p\n\nval s: String = 1',3,15,Int"
  })
  void whatDoesNotCompileIsToldWithItsPlace(String text, int line, int column, String what) {
    Failure failure = catchThrowableOfType(Failure.class, () -> kotlin(text));

    assertThat(failure).hasMessageStartingWith("does not compile: ").hasMessageContaining(what);
    assertThat(failure.line()).isEqualTo(line);
    assertThat(failure.column()).isEqualTo(column);
  }

  @Test
  void aScriptThatEndsWithNothingGivesNothing() throws Throwable {
    assertThat(kotlin("").run()).isNull();
    assertThat(kotlin(IMPORTS + "val kept = contract { }").run()).isNull();
  }

  @Test
  void eachRunBeginsAnew() throws Throwable {
    Program counts = kotlin("var count = 0\ncount += 1\ncount");

    assertThat(counts.run()).isEqualTo(1);
    assertThat(counts.run()).isEqualTo(1);
  }

  @Test
  void whatAScriptThrowsIsThrownFromItsLine() throws Throwable {
    Program throwing = kotlin("\n\nerror(\"no\")");

    Throwable thrown = catchThrowable(throwing::run);

    assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("no");
    assertThat(thrown.getStackTrace())
        .anyMatch(frame -> "a.kts".equals(frame.getFileName()) && frame.getLineNumber() == 3);
  }
}
