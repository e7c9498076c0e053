package dev.codicil.formats.pact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy-MM-dd",
        "dd.MM.yyyy",
        "d/M/yyyy",
        "HH:mm:ss",
        "H:mm",
        "yyyy-MM-dd'T'HH:mm:ssXXX",
        "yyyy-MM-dd'T'HH:mm:ss.SSSXX",
        "yyyyMMddHHmmss",
        "''yyyy'' (MM)"
      })
  void theRegexOfADatePatternMatchesWhatThePatternWrites(String pattern) {
    String written =
        OffsetDateTime.parse("2026-03-04T05:06:07.089+01:00")
            .format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
    String regex = Objects.requireNonNull(DatePattern.regex(pattern));
    assertThat(written).matches(Pattern.compile(regex));
    assertThat("x" + written).doesNotMatch(Pattern.compile(regex));
  }

  @ParameterizedTest
  @ValueSource(strings = {"d MMMM yyyy", "EEE", "yyyy 'open", "QQQ"})
  void aDatePatternWithWordsHasNoRegex(String pattern) {
    assertThat(DatePattern.regex(pattern)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          ^a$ ~ ^a$
          a ~ ^(?:a)$
          ^a|b$ ~ ^(?:^a|b$)$
          ^costs \\$ ~ ^(?:^costs \\$)$
          """)
  void regularExpressionsAreAnchoredBecausePactMatchesTheWholeText(String regex, String anchored) {
    assertThat(LeafShape.anchored(regex)).isEqualTo(anchored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "a.b", "$.", "$..a", "$[", "$[a]", "$['a'", "$['']", "$a", "$[1x]", "$[-1]"
      })
  void whatIsNoPathExpressionIsNotRead(String text) {
    assertThat(RulePath.parse(text)).isNull();
  }

  @Test
  void pathExpressionsHaveFieldsIndexesAndWildcards() {
    RulePath path = Objects.requireNonNull(RulePath.parse("$.a['b.c'][2][*].*.d-e_f"));
    assertThat(path.tokens())
        .containsExactly(
            RulePath.Token.field("a"),
            RulePath.Token.field("b.c"),
            new RulePath.Token(null, 2, false),
            new RulePath.Token(null, -1, true),
            new RulePath.Token(null, -1, false),
            RulePath.Token.field("d-e_f"));
  }

  @Test
  void longTextsAreCutBetweenCharacters() {
    String text = "\uD83D\uDE00".repeat(200);
    String brief = Texts.brief("x" + text);
    assertThat(brief).hasSizeLessThan(170).endsWith("\uDE00...");
  }
}
