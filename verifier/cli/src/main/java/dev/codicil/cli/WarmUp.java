package dev.codicil.cli;

import dev.codicil.contract.DocumentReader;
import dev.codicil.engine.Profiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Loads the classes that short commands need, for the launcher's class data archive. */
final class WarmUp {
  private WarmUp() {}

  static int run() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    for (String command : new String[] {"--help", "verify", "diff", "plan", "judge"}) {
      String[] args =
          command.startsWith("--") ? new String[] {command} : new String[] {command, "--help"};
      Main.run(args, nowhere, nowhere);
    }
    DocumentReader.read("warm-up.json", "{\"a\": [1, true]}".getBytes(StandardCharsets.UTF_8));
    Profiles.names(Path.of("")).forEach(name -> Profiles.read(Path.of(""), name));
    return 0;
  }
}
