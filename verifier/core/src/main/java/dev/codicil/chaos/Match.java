package dev.codicil.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.PathTemplates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which exchanges a fault may strike. Method, path and header are those of the request, whichever
 * message is struck, so they are known as soon as its head has come; the field is one of the
 * message that is struck.
 *
 * @param method in upper case; null for any
 * @param path a path template as OpenAPI writes it, {@code /licenses/{id}}; null for any
 * @param header name of a request header; null for any request
 * @param value the exact value of one of the header's fields; null for any value
 * @param field JSON pointer that must be there in the body of the struck message, with {@code *}
 *     for any array item; null for any body. Such a match needs the body
 */
public record Match(
    @Nullable String method,
    @Nullable String path,
    @Nullable String header,
    @Nullable String value,
    @Nullable String field) {
  /** Every exchange. */
  public static final Match ANY = new Match(null, null, null, null, null);

  /** Whether a request with this head may be struck, as far as its head tells. */
  public boolean admits(HttpRequest head) {
    return (method == null || method.equals(head.method()))
        && (path == null || PathTemplates.matches(path, head.path()))
        && (header == null
            || (value == null
                ? !head.headers().all(header).isEmpty()
                : head.headers().all(header).contains(value)));
  }

  /**
   * Whether an operation of a contract may have exchanges that are struck.
   *
   * @param operationMethod its method
   * @param operationPath its path, concrete or a template
   */
  public boolean admits(String operationMethod, String operationPath) {
    return (method == null || method.equalsIgnoreCase(operationMethod))
        && (path == null
            || PathTemplates.matches(path, operationPath)
            || PathTemplates.matches(operationPath, path));
  }

  /** Whether the body of the message that is asked about has the field; true when none is named. */
  public boolean admitsBody(Exchange exchange) {
    return field == null
        || exchange.body().json().filter(root -> has(root, field.split("/", -1), 1)).isPresent();
  }

  private static boolean has(JsonNode node, String[] pointer, int at) {
    if (at == pointer.length) {
      return true;
    }
    if (node.isArray() && pointer[at].equals("*")) {
      for (JsonNode item : node) {
        if (has(item, pointer, at + 1)) {
          return true;
        }
      }
      return false;
    }
    String name = pointer[at].replace("~1", "/").replace("~0", "~");
    JsonNode next = node.isArray() ? node.get(index(name)) : node.get(name);
    return next != null && has(next, pointer, at + 1);
  }

  private static int index(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException none) {
      return -1;
    }
  }

  /** Whether the struck message's body must be whole before it is known what is struck. */
  public boolean needsBody() {
    return field != null;
  }

  /** {@code GET /licenses/{id} with header x-tenant: blue and field /validUntil}; empty for all. */
  public String label() {
    List<String> with = new ArrayList<>();
    if (header != null) {
      with.add("header " + header + (value == null ? "" : ": " + value));
    }
    if (field != null) {
      with.add("field " + field);
    }
    StringBuilder text = new StringBuilder(method == null ? "" : method);
    if (path != null) {
      text.append(text.isEmpty() ? "" : " ").append(path);
    }
    if (!with.isEmpty()) {
      text.append(text.isEmpty() ? "with " : " with ").append(String.join(" and ", with));
    }
    return text.toString();
  }
}
