package dev.codicil.formats.scc.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import groovy.json.JsonOutput;
import groovy.json.JsonSlurper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.cloud.contract.spec.Contract;

/** What is written of the DSL, by contracts in Groovy. */
class ContractTextTest {
  private static ContractText written(String dsl) throws Throwable {
    String text = "org.springframework.cloud.contract.spec.Contract.make {\n" + dsl + "\n}";
    Object given =
        GroovyPrograms.compile("a.groovy", text, ContractTextTest.class.getClassLoader()).run();
    return ContractText.of((Contract) Objects.requireNonNull(given), Path.of("folder"));
  }

  private static ContractText request(String dsl) throws Throwable {
    return written("request { method GET()\n" + dsl + " }\n response { status 200 }");
  }

  private static ContractText response(String dsl) throws Throwable {
    return written("request { method GET(); url '/a' }\n response { status 200\n" + dsl + " }");
  }

  private static Object json(String text) {
    return new JsonSlurper().parseText(text.replace('\'', '"'));
  }

  private static Object part(ContractText text, String name) {
    // As it leaves the process.
    return new JsonSlurper().parseText(JsonOutput.toJson(text.contract().get(name)));
  }

  private static Object inside(Object object, String name) {
    return Objects.requireNonNull(((Map<?, ?>) object).get(name));
  }

  @Test
  void whatIsPlainIsWrittenPlainly() throws Throwable {
    ContractText text =
        written(
            """
            name 'n'; label 'l'; priority 3; ignored(); inProgress()
            request { method 'PUT'; url '/a'; body(a: [1, null, true, [b: 'c']]) }
            response { status 201; async(); fixedDelayMilliseconds 5; body('text') }
            """);

    assertThat(text.problems()).isEmpty();
    assertThat(new JsonSlurper().parseText(JsonOutput.toJson(text.contract())))
        .isEqualTo(
            json(
                """
                {'name': 'n', 'label': 'l', 'priority': 3, 'ignored': true, 'inProgress': true,
                 'request': {'method': 'PUT', 'url': '/a', 'body': {'a': [1, null, true, {'b': 'c'}]}},
                 'response': {'status': 201, 'body': 'text', 'async': true,
                   'fixedDelayMilliseconds': 5}}
                """));
  }

  @Test
  void aRequestSendsWhatTheProducerSendsAndHoldsWhatTheConsumerMatches() throws Throwable {
    ContractText text =
        request("url '/a'; body(id: $(consumer(regex('[0-9]+')), producer('7')), n: 1)");

    assertThat(part(text, "request"))
        .isEqualTo(
            json(
                """
                {'method': 'GET', 'url': '/a', 'body': {'id': '7', 'n': 1}, 'matchers':
                  {'body': [{'path': '$.id', 'type': 'by_regex', 'value': '[0-9]+'}]}}
                """));
  }

  @Test
  void aReplyAnswersWhatTheConsumerGetsAndHoldsWhatTheProducerPromises() throws Throwable {
    ContractText text =
        response(
            "body(id: $(c('7'), p(regex('[0-9]+'))), 'a b': $(c('x'), p(execute('check($it)'))))");

    assertThat(part(text, "response"))
        .isEqualTo(
            json(
                """
                {'status': 200, 'body': {'id': '7', 'a b': 'x'}, 'matchers': {'body': [
                  {'path': '$[\\u0027a b\\u0027]', 'type': 'by_command', 'value': 'check($it)'},
                  {'path': '$.id', 'type': 'by_regex', 'value': '[0-9]+'}]}}
                """));
  }

  @Test
  void optionalValuesMayBeEmpty() throws Throwable {
    ContractText text = response("body(a: $(c('x'), p(optional(regex('[a-z]')))))");

    assertThat(part(text, "response").toString()).contains("([a-z])?");
    assertThat(text.problems()).isEmpty();
  }

  @Test
  void aTextWithValuesInItIsJsonWhereItIsJson() throws Throwable {
    ContractText text =
        response(
            "body(\"\"\"{\"a\": \"x-${value(c('1'), p(regex('[0-9]')))}\", \"n\": ${value(c(3),"
                + " p(regex('[0-9]')))}}\"\"\")");

    assertThat(part(text, "response"))
        .isEqualTo(
            json(
                """
                {'status': 200, 'body': {'a': 'x-1', 'n': 3}, 'matchers': {'body': [
                  {'path': '$.a', 'type': 'by_regex', 'value': 'x-(?:[0-9])'},
                  {'path': '$.n', 'type': 'by_regex', 'value': '[0-9]'}]}}
                """));
  }

  @Test
  void aTextWithValuesInItIsHeldAsAWholeOtherwise() throws Throwable {
    ContractText text = response("body(\"a.b ${value(c('1'), p(regex('[0-9]')))}\")");

    assertThat(part(text, "response"))
        .isEqualTo(
            json(
                """
                {'status': 200, 'body': 'a.b 1', 'matchers': {'body': [
                  {'type': 'by_regex', 'value': 'a\\\\.b (?:[0-9])'}]}}
                """));
  }

  @Test
  void itemsThatAreHeldAlikeAreHeldByOneMatcherAndOthersEachByItsOwn() throws Throwable {
    ContractText alike =
        response("body([[a: $(c('1'), p(regex('x|1')))], [a: $(c('1'), p(regex('x|1')))]])");
    ContractText mixed = response("body([[a: $(c('1'), p(regex('x|1')))], [a: '1']])");

    assertThat(part(alike, "response").toString()).contains("path=$[*].a").doesNotContain("$[0]");
    assertThat(part(mixed, "response").toString()).contains("path=$[0].a").doesNotContain("$[*]");
  }

  @Test
  void listedMatchersComeFirstWithAllTheySay() throws Throwable {
    ContractText text =
        response(
            """
            body(a: $(c('1'), p(regex('[0-9]'))), d: '2026-01-01', l: [1], x: null)
            bodyMatchers {
              jsonPath('$.a', byEquality()); jsonPath('$.d', byDate())
              jsonPath('$.l', byType { minOccurrence(1); maxOccurrence(2) })
              jsonPath('$.x', byNull()); jsonPath('$.a', byCommand('check($it)'))
              jsonPath('$.a', byRegex(nonBlank()))
            }
            """);

    assertThat(inside(inside(part(text, "response"), "matchers"), "body"))
        .isEqualTo(
            json(
                """
                [{'path': '$.a', 'type': 'by_equality'}, {'path': '$.d', 'type': 'by_date'},
                 {'path': '$.l', 'type': 'by_type', 'minOccurrence': 1, 'maxOccurrence': 2},
                 {'path': '$.x', 'type': 'by_null'},
                 {'path': '$.a', 'type': 'by_command', 'value': 'check($it)'},
                 {'path': '$.a', 'type': 'by_regex', 'value': '^\\\\s*\\\\S[\\\\S\\\\s]*'},
                 {'path': '$.a', 'type': 'by_regex', 'value': '[0-9]'}]
                """));
  }

  @Test
  void waysToMatchAreWrittenWhereTheYamlFormHasThem() throws Throwable {
    ContractText text =
        request(
            """
            urlPath('/a') { queryParameters {
              parameter 'a': equalTo('1'); parameter 'b': $(consumer(containing('2')), producer('123'))
              parameter 'c': absent(); parameter 'd': $(consumer(notMatching('x')), producer('y'))
              parameter 'e': 'plain'; parameter 'e': 'twice'
            } }
            headers { header('X', containing('a.b')); header('Y', $(c(matching('[a-z]')), p('q'))) }
            """);

    assertThat(text.problems()).isEmpty();
    assertThat(part(text, "request"))
        .isEqualTo(
            json(
                """
                {'method': 'GET', 'urlPath': '/a',
                 'queryParameters': {'a': '1', 'b': '123', 'd': 'y', 'e': ['plain', 'twice']},
                 'headers': {'X': 'a.b', 'Y': 'q'},
                 'matchers': {'headers': [
                     {'key': 'X', 'regex': '[\\\\s\\\\S]*\\\\Qa.b\\\\E[\\\\s\\\\S]*'},
                     {'key': 'Y', 'regex': '[a-z]'}],
                   'queryParameters': [
                     {'key': 'a', 'type': 'equal_to', 'value': '1'},
                     {'key': 'b', 'type': 'containing', 'value': '2'},
                     {'key': 'c', 'type': 'absent'},
                     {'key': 'd', 'type': 'not_matching', 'value': 'x'}]}}
                """));
  }

  @Test
  void partsOfAMultipartAreWrittenAsWhatIsSent() throws Throwable {
    ContractText text =
        request(
            """
            url '/a'
            multipart(
              plain: $(c(regex('.+')), p('v')),
              file: named(name: $(c(regex('.+')), p('f.txt')), content: $(c(regex('.+')), p('x')),
                contentType: value('text/plain')))
            """);

    assertThat(inside(part(text, "request"), "multipart"))
        .isEqualTo(
            json(
                """
                {'params': {'plain': 'v'}, 'named': [{'paramName': 'file', 'fileName': 'f.txt',
                  'contentType': 'text/plain', 'fileContent': 'x'}]}
                """));
  }

  @Test
  void aMessageHasItsDestinationHeadersAndMatchers() throws Throwable {
    ContractText text =
        written(
            """
            label 'l'
            input { triggeredBy('send()'); assertThat('sent()') }
            outputMessage {
              sentTo 'topic'; headers { header('k', $(c('v'), p(regex('[a-z]')))) }
              body(a: $(c('1'), p(regex('[0-9]')))); assertThat('read()')
            }
            """);

    assertThat(part(text, "input"))
        .isEqualTo(json("{'triggeredBy': 'send()', 'assertThat': 'sent()'}"));
    assertThat(part(text, "outputMessage"))
        .isEqualTo(
            json(
                """
                {'sentTo': 'topic', 'headers': {'k': 'v'}, 'body': {'a': '1'}, 'assertThat': 'read()',
                 'matchers': {'headers': [{'key': 'k', 'regex': '[a-z]'}],
                   'body': [{'path': '$.a', 'type': 'by_regex', 'value': '[0-9]'}]}}
                """));
  }

  /** What the YAML form has no words for must not be gone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "request  | url '/a'; body(a: $(c('1'), p(execute('make()')))) | request body: at '$.a': the"
            + " value that is sent is computed by code",
        "request  | url '/a'; body(equalToJson('{}')) | request body: at '$': 'equal_to_json' is not",
        "request  | url '/a'; headers { header('X', absent()) } | request headers 'X': 'absent' is",
        "request  | url '/a'; headers { header('X', $(c('a'), p('b'))) } | request headers 'X': its"
            + " two sides differ",
        "request  | url $(c(notMatching('/b')), p('/a')) | request url: 'not_matching' is not",
        "response | body(a: $(c('1'), p('2'))) | response body: at '$.a': its two sides differ and"
            + " neither is a pattern: '1' is taken, '2' is left out",
        "response | body(a: $(c([1, 2]), p([1]))) | response body: the items of '$.a' differ",
        "response | body(a: $(c([b: 1]), p([d: 1]))) | response body: the fields of '$.a' differ",
        "response | body(a: { 1 }) | response body: at '$.a': a closure is not understood",
        "response | body(\"<a>${value(c('1'), p(regex('[0-9]')))}</a>\") | response body: values with"
            + " patterns inside of XML are not understood",
      })
  void whatCannotBeWrittenIsAProblem(String side, String dsl, String problem) throws Throwable {
    ContractText text = side.strip().equals("request") ? request(dsl) : response(dsl);

    assertThat(text.problems()).anySatisfy(found -> assertThat(found).startsWith(problem));
  }

  @Test
  void anErrorInAContractHasItsPlace() {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                GroovyPrograms.compile(
                    "a.groovy", "def a = 1\ndef b = (", ContractTextTest.class.getClassLoader()));

    assertThat(failure.line()).isEqualTo(2);
    assertThat(failure).hasMessageStartingWith("does not compile: ");
  }

  @Test
  void aContractInJavaMustBeASupplier() throws Throwable {
    ClassLoader loader = ContractTextTest.class.getClassLoader();
    String supplier =
        "package p; /* no class at all */ class Other { } class A implements java.util.function.Supplier<String> {"
            + " public String get() { return \"given\"; } }";

    Program program = JavaPrograms.compile("A.java", supplier, List.of(), loader);

    assertThat(program).isNotNull();
    assertThat(program.run()).isEqualTo("given");
    assertThat(JavaPrograms.compile("B.java", "class B { }", List.of(), loader)).isNull();
    assertThat(
            catchThrowableOfType(
                    Failure.class,
                    () ->
                        JavaPrograms.compile(
                            "C.java", "class C {\n int x = ; }", List.of(), loader))
                .line())
        .isEqualTo(2);
  }
}
