package dev.codicil.formats.scc.code;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Entry point of the process that contracts run in. */
public final class ReadContracts {
  private ReadContracts() {}

  /**
   * Runs contracts and answers on the standard output; see {@link Session}.
   *
   * @param args the folder the contracts stand in, and a file with one path a line below it
   */
  public static void main(String[] args) {
    int exit = 0;
    endWithParent();
    try {
      ClassLoader libraries = new SteadyLoader(classPath());
      Thread.currentThread().setContextClassLoader(libraries);
      Class.forName(Session.class.getName(), true, libraries)
          .getMethod("run", Path.class, Path.class)
          .invoke(null, Path.of(args[0]), Path.of(args[1]));
    } catch (InvocationTargetException failed) {
      System.err.println(failed.getCause());
      exit = 1;
    } catch (ReflectiveOperationException | MalformedURLException failed) {
      System.err.println(failed);
      exit = 1;
    }
    // Threads and shutdown hooks that contracts left behind are not waited for.
    Runtime.getRuntime().halt(exit);
  }

  /** Whoever waits for the answers also ends this process, unless it was ended itself. */
  private static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
  }

  private static URL[] classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : Session.classPath()) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
