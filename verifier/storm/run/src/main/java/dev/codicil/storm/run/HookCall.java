package dev.codicil.storm.run;

import dev.codicil.chaos.Durations;
import dev.codicil.chaos.HookAction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Does one half of a hook: runs its command, or sends its request. */
final class HookCall {
  /** Marks what a command starts, so that it can be ended even when it has left the tree. */
  private static final String MARK = "CODICIL_HOOK";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(?<!\\$)\\{(column|shared|(?:side|pid|subject)\\.[^{}\\s\"]+)}");
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int TOLD_LINES = 5;

  private final Path root;
  private final Function<String, @Nullable String> environment;
  private final boolean plain;

  HookCall(World world) {
    this.root = world.root();
    this.environment = world.environment();
    this.plain = world.plain();
  }

  /**
   * The action with what is known of the column filled in; variables of the environment stay.
   *
   * @throws IllegalArgumentException when it names what is not there
   */
  static HookAction fill(HookAction action, Map<String, String> known) {
    return map(
        action,
        text ->
            replace(
                text,
                PLACEHOLDER,
                name -> {
                  String value = known.get(name);
                  if (value == null) {
                    throw new IllegalArgumentException(
                        "{" + name + "} stands for nothing here; known are " + known.keySet());
                  }
                  return value;
                }));
  }

  /** The processes of the subjects that an action names. */
  static List<Long> subjects(HookAction action, Map<String, String> known) {
    return PLACEHOLDER
        .matcher(shown(action))
        .results()
        .map(found -> found.group(1))
        .filter(name -> name.startsWith("pid.") || name.startsWith("subject."))
        .map(name -> known.get("pid." + name.substring(name.indexOf('.') + 1)))
        .filter(Objects::nonNull)
        .map(Long::valueOf)
        .distinct()
        .toList();
  }

  /** One line for people, variables not filled in. */
  static String shown(HookAction action) {
    if (action instanceof HookAction.Call call) {
      return (call.method() + " " + call.url() + " " + call.body()).strip();
    }
    return String.join(" ", ((HookAction.Command) action).words());
  }

  /**
   * Does it.
   *
   * @return what went wrong, without secrets; null when it is done
   */
  @Nullable String perform(HookAction action, Duration deadline) throws InterruptedException {
    Set<String> secrets = new TreeSet<>();
    HookAction whole;
    try {
      whole = map(action, text -> replace(text, VARIABLE, name -> variable(name, secrets)));
    } catch (IllegalArgumentException missing) {
      return missing.getMessage();
    }
    Redactor redactor = new Redactor(secrets);
    String problem =
        whole instanceof HookAction.Call call
            ? send(call, deadline)
            : run(((HookAction.Command) whole).words(), deadline, redactor);
    return problem == null ? null : redactor.text(problem);
  }

  private String variable(String name, Set<String> secrets) {
    String value = environment.apply(name);
    if (value == null) {
      throw new IllegalArgumentException("the environment variable " + name + " is not set");
    }
    secrets.add(value);
    return value;
  }

  private static HookAction map(HookAction action, UnaryOperator<String> change) {
    if (action instanceof HookAction.Call call) {
      return new HookAction.Call(
          call.method(), change.apply(call.url()), change.apply(call.body()));
    }
    return new HookAction.Command(
        ((HookAction.Command) action).words().stream().map(change).toList());
  }

  private static String replace(String text, Pattern pattern, UnaryOperator<String> values) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1))));
  }

  private @Nullable String run(List<String> words, Duration deadline, Redactor redactor)
      throws InterruptedException {
    String mark = UUID.randomUUID().toString();
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(root.toFile()).redirectErrorStream(true);
    if (plain) {
      PlainEnvironment.keepOnly(builder.environment());
    }
    builder.environment().put(MARK, mark);
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      return "could not start '" + words.get(0) + "': " + e.getMessage();
    }
    LogCapture output = LogCapture.start(process.getInputStream(), redactor, "a hook");
    boolean ended = false;
    try {
      ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (!ended) {
        stop(process, mark);
      }
    }
    if (ended && process.exitValue() == 0) {
      return null; // what it has left running is the fault itself
    }
    output.await(Duration.ofMillis(500));
    List<String> lines = output.lastLines();
    String told =
        String.join(" | ", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
    return (ended
            ? "it exited with code " + process.exitValue()
            : "it had not ended after "
                + Durations.format(deadline)
                + " and was killed with all it had started")
        + (told.isEmpty() ? "" : ": " + told);
  }

  private static void stop(Process process, String mark) {
    Set<ProcessHandle> all = new LinkedHashSet<>(ProcessTree.of(process.toHandle()));
    ProcessTree.marked(MARK + "=" + mark).forEach(pid -> ProcessHandle.of(pid).ifPresent(all::add));
    ProcessTree.stop(all, GRACE);
  }

  private static @Nullable String send(HookAction.Call call, Duration deadline)
      throws InterruptedException {
    HttpRequest request;
    try {
      HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(call.url()));
      if (!call.body().isEmpty()) {
        builder.header("content-type", "application/json");
      }
      request =
          builder
              .method(
                  call.method(),
                  call.body().isEmpty()
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(call.body()))
              .build();
    } catch (IllegalArgumentException malformed) {
      return "its address cannot be used: " + malformed.getMessage();
    }
    CompletableFuture<HttpResponse<Void>> begun =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()
            .sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      int status = begun.get(deadline.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      return status / 100 == 2 ? null : "it was answered " + status;
    } catch (ExecutionException e) {
      return "it got no answer: " + e.getCause();
    } catch (TimeoutException e) {
      return "it was not answered within " + Durations.format(deadline);
    } finally {
      begun.cancel(true);
    }
  }
}
