package dev.codicil.formats.scc.code;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.contract.spec.Contract;
import org.springframework.cloud.contract.spec.internal.BodyMatcher;
import org.springframework.cloud.contract.spec.internal.BodyMatchers;
import org.springframework.cloud.contract.spec.internal.DslProperty;
import org.springframework.cloud.contract.spec.internal.ExecutionProperty;
import org.springframework.cloud.contract.spec.internal.FromFileProperty;
import org.springframework.cloud.contract.spec.internal.Input;
import org.springframework.cloud.contract.spec.internal.MatchingType;
import org.springframework.cloud.contract.spec.internal.OutputMessage;
import org.springframework.cloud.contract.spec.internal.RegexProperty;
import org.springframework.cloud.contract.spec.internal.Response;

/**
 * Writes a contract in the vocabulary of its YAML form. Spring Cloud Contract has a converter of
 * its own; it has no matchers for cookies, names files without their folder, and says nothing of
 * what it leaves out. Here what cannot be written is a problem.
 *
 * @param contract its keys and values
 * @param problems what could not be written
 */
record ContractText(Map<String, @Nullable Object> contract, List<String> problems) {
  /** How a value of the DSL begins where a text of Kotlin or Java shows it. */
  private static final String WRITTEN_OUT = "DslProperty{\nclientValue=";

  /**
   * Writes a contract.
   *
   * @param folder of the file that describes it
   */
  static ContractText of(Contract contract, Path folder) {
    Notes notes = Notes.of("");
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    put(written, "name", contract.getName());
    put(written, "label", contract.getLabel());
    put(written, "priority", contract.getPriority());
    if (contract.getIgnored()) {
      written.put("ignored", true);
    }
    if (contract.getInProgress()) {
      written.put("inProgress", true);
    }
    if (contract.getRequest() != null) {
      Notes part = notes.inside("request");
      written.put("request", new RequestText(folder, part).write(contract.getRequest()));
    }
    if (contract.getResponse() != null) {
      written.put("response", response(contract.getResponse(), folder, notes.inside("response")));
    }
    if (contract.getInput() != null) {
      written.put("input", input(contract.getInput()));
    }
    if (contract.getOutputMessage() != null) {
      OutputMessage message = contract.getOutputMessage();
      written.put("outputMessage", message(message, folder, notes.inside("outputMessage")));
    }
    if (String.valueOf(written).contains(WRITTEN_OUT)) {
      notes.add(
          "a text has a value with two sides in it, which only Groovy keeps there: both are written"
              + " out; give the value in place of the text");
    }
    return new ContractText(written, notes.all());
  }

  private static Map<String, @Nullable Object> response(
      Response response, Path folder, Notes notes) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    Map<String, Object> matchers = new LinkedHashMap<>();
    if (response.getStatus() != null) {
      Leaf status = Side.REPLY.leaf(response.getStatus());
      written.put("status", status.example());
      if (!status.isPlain()) {
        notes.inside("status").add("only a fixed status is understood");
      }
    }
    NamedText named = new NamedText(Side.REPLY, notes);
    named.headers(response.getHeaders(), written, matchers);
    named.cookies(response.getCookies(), written, matchers);
    body(
        response.getBody(),
        response.getBodyMatchers(),
        Side.REPLY,
        folder,
        written,
        matchers,
        notes);
    if (response.getAsync()) {
      written.put("async", true);
    }
    if (response.getDelay() != null) {
      put(written, "fixedDelayMilliseconds", Side.REPLY.leaf(response.getDelay()).example());
    }
    if (!matchers.isEmpty()) {
      written.put("matchers", matchers);
    }
    return written;
  }

  private static Map<String, @Nullable Object> input(Input input) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    put(written, "triggeredBy", code(input.getTriggeredBy()));
    put(written, "assertThat", code(input.getAssertThat()));
    return written;
  }

  private static Map<String, @Nullable Object> message(
      OutputMessage message, Path folder, Notes notes) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    Map<String, Object> matchers = new LinkedHashMap<>();
    if (message.getSentTo() != null) {
      Leaf destination = Side.REPLY.leaf(message.getSentTo());
      put(written, "sentTo", destination.example());
      if (!destination.isPlain()) {
        notes.inside("sentTo").add("only a fixed destination is understood");
      }
    }
    new NamedText(Side.REPLY, notes).headers(message.getHeaders(), written, matchers);
    body(
        message.getBody(), message.getBodyMatchers(), Side.REPLY, folder, written, matchers, notes);
    put(written, "assertThat", code(message.getAssertThat()));
    if (!matchers.isEmpty()) {
      written.put("matchers", matchers);
    }
    return written;
  }

  private static @Nullable String code(@Nullable ExecutionProperty property) {
    return property == null ? null : property.getExecutionCommand();
  }

  static void put(Map<String, @Nullable Object> written, String key, @Nullable Object value) {
    if (value != null) {
      written.put(key, value);
    }
  }

  /** Writes a body and its matchers; those that the contract lists itself come first and win. */
  static void body(
      @Nullable DslProperty<?> body,
      @Nullable BodyMatchers listed,
      Side side,
      Path folder,
      Map<String, @Nullable Object> written,
      Map<String, Object> matchers,
      Notes notes) {
    List<Map<String, Object>> all = new ArrayList<>();
    if (listed != null) {
      for (BodyMatcher matcher : listed.matchers()) {
        all.add(matcher(matcher));
      }
    }
    if (body != null) {
      Object example = side.example(body);
      if (example instanceof DslProperty<?> wrapped) {
        example = side.example(wrapped);
      }
      if (example instanceof FromFileProperty file) {
        written.put(file.isByte() ? "bodyFromFileAsBytes" : "bodyFromFile", relative(file, folder));
      } else {
        BodyText.Written text = new BodyText(side, notes.inside("body")).read(body);
        put(written, "body", text.example());
        all.addAll(text.matchers());
      }
    }
    if (!all.isEmpty()) {
      matchers.put("body", all);
    }
  }

  /** The path of a file as a contract in a folder names it. */
  static String relative(FromFileProperty file, Path folder) {
    Path path = file.getFile().toPath().toAbsolutePath().normalize();
    return folder.toAbsolutePath().normalize().relativize(path).toString().replace('\\', '/');
  }

  private static Map<String, Object> matcher(BodyMatcher matcher) {
    Map<String, Object> written = new LinkedHashMap<>();
    if (matcher.path() != null) {
      written.put("path", matcher.path());
    }
    MatchingType type = matcher.matchingType();
    written.put("type", "by_" + type.name().toLowerCase(java.util.Locale.ROOT));
    Object value = matcher.value();
    if (type == MatchingType.REGEX && value != null) {
      written.put(
          "value", value instanceof RegexProperty regex ? regex.pattern() : String.valueOf(value));
    } else if (type == MatchingType.COMMAND && value != null) {
      written.put(
          "value",
          value instanceof ExecutionProperty code
              ? code.getExecutionCommand()
              : String.valueOf(value));
    }
    if (matcher.minTypeOccurrence() != null) {
      written.put("minOccurrence", matcher.minTypeOccurrence());
    }
    if (matcher.maxTypeOccurrence() != null) {
      written.put("maxOccurrence", matcher.maxTypeOccurrence());
    }
    return written;
  }
}
