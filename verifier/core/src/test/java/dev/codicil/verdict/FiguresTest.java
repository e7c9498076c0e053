package dev.codicil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12416|12,400",
        "12450|12,500",
        "0.123456|0.123",
        "999.9|1,000",
        "1234567890|1,230,000,000",
        "0|0",
        "0.000|0",
        "48.50|48.5",
        "-1234|-1,230"
      })
  void peopleReadThreeDigits(BigDecimal amount, String told) {
    assertThat(Figures.about(amount)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"12416.00|12416", "1E+15|1000000000000000", "0E-9|0", "0.1230|0.123"})
  void programsReadAllOfThem(BigDecimal amount, String told) {
    assertThat(Figures.exact(amount)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0.08|8 %", "1|100 %", "0.3333333|33.3 %", "0|0 %"})
  void sharesArePercentages(BigDecimal share, String told) {
    assertThat(Figures.percent(share)).isEqualTo(told);
  }
}
