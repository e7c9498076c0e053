package dev.codicil.formats.scc;

import java.util.Map;

/** The regular expressions that contracts call by a name. */
final class Predefined {
  private static final String DATE = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
  private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
  private static final String OCTET = "([01]?[0-9][0-9]?|2[0-4][0-9]|25[0-5])";

  static final Map<String, String> EXPRESSIONS =
      Map.ofEntries(
          Map.entry("only_alpha_unicode", "\\p{L}*"),
          Map.entry("number", "-?([0-9]*\\.[0-9]+|[0-9]+)"),
          Map.entry("any_double", "-?[0-9]*\\.[0-9]+"),
          Map.entry("any_boolean", "(true|false)"),
          Map.entry("ip_address", OCTET + "(\\." + OCTET + "){3}"),
          Map.entry("hostname", "((https?|ftp):/)?/?[^:/\\s]+(:[0-9]{1,5})?"),
          Map.entry("email", "[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,6}"),
          Map.entry("url", "[a-zA-Z][a-zA-Z0-9+.-]*://\\S+"),
          Map.entry("uuid", "[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}"),
          Map.entry("iso_date", DATE),
          Map.entry("iso_time", TIME),
          Map.entry("iso_date_time", DATE + "T" + TIME),
          Map.entry(
              "iso_8601_with_offset",
              DATE + "T" + TIME + "(\\.[0-9]+)?(Z|[+-][01][0-9]:[0-5][0-9])"),
          Map.entry("non_empty", "[\\S\\s]+"),
          Map.entry("non_blank", "\\s*\\S[\\S\\s]*"));

  private Predefined() {}
}
