package dev.codicil.formats.scc.code;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.contract.spec.internal.DslProperty;
import org.springframework.cloud.contract.spec.internal.FromFileProperty;
import org.springframework.cloud.contract.spec.internal.Multipart;
import org.springframework.cloud.contract.spec.internal.NamedProperty;
import org.springframework.cloud.contract.spec.internal.QueryParameter;
import org.springframework.cloud.contract.spec.internal.Request;
import org.springframework.cloud.contract.spec.internal.Url;

/** Writes the request of a contract. */
final class RequestText {
  private final Path folder;
  private final Notes notes;
  private final Map<String, @Nullable Object> written = new LinkedHashMap<>();
  private final Map<String, Object> matchers = new LinkedHashMap<>();

  RequestText(Path folder, Notes notes) {
    this.folder = folder;
    this.notes = notes;
  }

  Map<String, @Nullable Object> write(Request request) {
    if (request.getMethod() != null) {
      Leaf method = Side.REQUEST.leaf(request.getMethod());
      ContractText.put(written, "method", method.example());
      if (!method.isPlain()) {
        notes.inside("method").add("only a fixed method is understood");
      }
    }
    url("url", request.getUrl());
    url("urlPath", request.getUrlPath());
    NamedText named = new NamedText(Side.REQUEST, notes);
    named.headers(request.getHeaders(), written, matchers);
    named.cookies(request.getCookies(), written, matchers);
    ContractText.body(
        request.getBody(),
        request.getBodyMatchers(),
        Side.REQUEST,
        folder,
        written,
        matchers,
        notes);
    if (request.getMultipart() != null) {
      written.put("multipart", multipart(request.getMultipart()));
    }
    if (!matchers.isEmpty()) {
      written.put("matchers", matchers);
    }
    return written;
  }

  private void url(String key, @Nullable Url url) {
    if (url == null) {
      return;
    }
    Leaf leaf = Side.REQUEST.leaf(url);
    ContractText.put(written, key, Side.plain(leaf.example()));
    Notes own = notes.inside(key);
    if (leaf.problem() != null) {
      own.add(leaf.problem());
    }
    if (leaf.regex() != null) {
      matchers.put("url", Map.of("regex", leaf.regex()));
    } else if (leaf.command() != null) {
      matchers.put("url", Map.of("command", leaf.command()));
    } else if (leaf.strategy() != null) {
      strategy(leaf.strategy(), own);
    }
    if (url.getQueryParameters() != null) {
      query(url.getQueryParameters().getParameters());
    }
  }

  private void strategy(Leaf.Strategy strategy, Notes own) {
    if (strategy.type().equals("matching")) {
      matchers.put("url", Map.of("regex", String.valueOf(strategy.value())));
    } else if (!strategy.type().equals("equal_to")) {
      own.add("'" + strategy.type() + "' is not understood");
    }
  }

  private void query(List<QueryParameter> parameters) {
    Map<String, List<Object>> values = new LinkedHashMap<>();
    List<Map<String, Object>> rules = new ArrayList<>();
    for (QueryParameter parameter : parameters) {
      String name = parameter.getName();
      Leaf leaf = Side.REQUEST.leaf(parameter);
      Notes own = notes.inside("query parameter '" + Failure.brief(name) + "'");
      if (leaf.problem() != null) {
        own.add(leaf.problem());
      }
      if (leaf.command() != null) {
        own.add("code of the provider's tests is not run");
      }
      Map<String, Object> rule = new LinkedHashMap<>();
      rule.put("key", name);
      if (leaf.regex() != null) {
        rule.put("type", "matching");
        rule.put("value", leaf.regex());
        rules.add(rule);
      } else if (leaf.strategy() != null) {
        rule.put("type", leaf.strategy().type());
        if (leaf.strategy().value() != null && !leaf.strategy().type().equals("absent")) {
          rule.put("value", leaf.strategy().value());
        }
        rules.add(rule);
      }
      boolean absent = leaf.strategy() != null && leaf.strategy().type().equals("absent");
      if (!absent && leaf.example() != Side.UNSENT && leaf.example() != null) {
        values
            .computeIfAbsent(name, key -> new ArrayList<>())
            .add(Objects.requireNonNull(leaf.example()));
      }
    }
    if (!values.isEmpty()) {
      Map<String, Object> sent = new LinkedHashMap<>();
      values.forEach((name, all) -> sent.put(name, all.size() == 1 ? all.get(0) : all));
      written.put("queryParameters", sent);
    }
    if (!rules.isEmpty()) {
      matchers.put("queryParameters", rules);
    }
  }

  private Map<String, Object> multipart(Multipart multipart) {
    Map<String, @Nullable Object> params = new LinkedHashMap<>();
    List<Map<String, @Nullable Object>> named = new ArrayList<>();
    Notes own = notes.inside("multipart");
    if (Side.REQUEST.example(multipart) instanceof Map<?, ?> parts) {
      parts.forEach(
          (key, value) -> {
            String name = String.valueOf(key);
            Object part =
                value instanceof DslProperty<?> property ? Side.REQUEST.example(property) : value;
            if (part instanceof NamedProperty file) {
              named.add(named(name, file, own.inside("'" + Failure.brief(name) + "'")));
            } else {
              Leaf leaf = Side.REQUEST.leaf(part);
              told(leaf, own.inside("'" + Failure.brief(name) + "'"));
              params.put(name, String.valueOf(leaf.example()));
            }
          });
    } else {
      own.add("only named parts are understood");
    }
    Map<String, Object> written = new LinkedHashMap<>();
    if (!params.isEmpty()) {
      written.put("params", params);
    }
    if (!named.isEmpty()) {
      written.put("named", named);
    }
    return written;
  }

  private Map<String, @Nullable Object> named(String name, NamedProperty part, Notes own) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put("paramName", name);
    if (part.getName() != null) {
      ContractText.put(written, "fileName", told(Side.REQUEST.leaf(part.getName()), own));
    }
    if (part.getContentType() != null) {
      ContractText.put(written, "contentType", told(Side.REQUEST.leaf(part.getContentType()), own));
    }
    DslProperty<?> content = part.getValue();
    if (content != null) {
      Object example = Side.REQUEST.example(content);
      if (example instanceof FromFileProperty file) {
        written.put("fileContentFromFileAsBytes", ContractText.relative(file, folder));
      } else if (example instanceof byte[]) {
        own.add("bytes in the contract are not understood; keep them in a file");
        written.put("fileContent", "");
      } else {
        ContractText.put(written, "fileContent", told(Side.REQUEST.leaf(content), own));
      }
    }
    return written;
  }

  /** The example of a part, as text; its patterns add nothing, as the shape of a part is bytes. */
  private static @Nullable Object told(Leaf leaf, Notes own) {
    if (leaf.problem() != null) {
      own.add(leaf.problem());
    }
    return leaf.example() == null ? null : String.valueOf(leaf.example());
  }
}
