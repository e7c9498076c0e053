package dev.codicil.storm.run;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a process whose code is not trusted may see of the caller's environment: what programs need
 * to be found and to run, and nothing that is anybody's secret. A list of what is allowed, since no
 * list of what is secret is ever whole.
 */
public final class PlainEnvironment {
  /** In upper case; Windows does not tell cases apart, and proxies are written in both. */
  private static final Set<String> ALLOWED =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "TERM",
          "LANG",
          "LANGUAGE",
          "TZ",
          "TMPDIR",
          "TMP",
          "TEMP",
          "CI",
          "JAVA_HOME",
          "MAVEN_HOME",
          "M2_HOME",
          "MAVEN_OPTS",
          "MAVEN_ARGS",
          "GRADLE_HOME",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "SYSTEMROOT",
          "SYSTEMDRIVE",
          "WINDIR",
          "COMSPEC",
          "PATHEXT",
          "USERPROFILE",
          "APPDATA",
          "LOCALAPPDATA",
          "PROGRAMDATA",
          "PROGRAMFILES",
          "NUMBER_OF_PROCESSORS");

  /** Locales, and the JDKs that hosted runners have. */
  private static final Pattern ALSO = Pattern.compile("LC_[A-Z]+|JAVA_HOME_[0-9]+_[A-Z0-9]+");

  /** MAVEN_OPTS and addresses of proxies may carry a credential all the same. */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "passw|passphrase|secret|token|credential|api.?key|://[^/\\s]*@",
          Pattern.CASE_INSENSITIVE);

  private PlainEnvironment() {}

  /** Whether a variable may be seen, by its name and its value. */
  public static boolean allows(String name, String value) {
    String upper = name.toUpperCase(Locale.ROOT);
    boolean known = ALLOWED.contains(upper) || ALSO.matcher(upper).matches();
    return known && (upper.endsWith("PATH") || !CREDENTIAL.matcher(value).find());
  }

  /** Takes out of an environment what may not be seen. */
  public static void keepOnly(Map<String, String> environment) {
    for (String name : new TreeSet<>(environment.keySet())) {
      if (!allows(name, environment.getOrDefault(name, ""))) {
        environment.remove(name);
      }
    }
  }
}
