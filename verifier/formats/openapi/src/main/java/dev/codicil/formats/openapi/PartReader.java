package dev.codicil.formats.openapi;

import dev.codicil.contract.Body;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.MediaTypes;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import dev.codicil.formats.jsonschema.SchemaReader;
import dev.codicil.formats.jsonschema.SchemaWalk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parts of an operation: parameters, bodies, responses and their headers. */
final class PartReader {
  private static final Pattern STATUS = Pattern.compile("[1-5](?:[0-9][0-9]|XX)|default");

  private final Documents documents;
  private final Problems problems;
  private final SchemaReader schemas;
  private final SchemaWalk walk;

  PartReader(Documents documents, Problems problems, SchemaReader schemas) {
    this.documents = documents;
    this.problems = problems;
    this.schemas = schemas;
    this.walk = new SchemaWalk(documents, problems);
  }

  /** One parameter; null when it is ignored by the specification or not understood. */
  @Nullable ParameterSpec parameter(Place declared) {
    Place place = problems.follow(documents, declared);
    if (place == null) {
      return null;
    }
    String name = place.text("name");
    Parameter.In in = in(place.text("in"));
    if (name == null || in == null) {
      problems.add(
          place, "expected a parameter with 'name' and 'in' (path, query, header or cookie)");
      return null;
    }
    if (in == Parameter.In.HEADER && isReserved(name)) {
      return null;
    }
    String style = style(place, in);
    boolean explode = place.get("explode") == null ? style.equals("form") : place.flag("explode");
    ContentSpec value = value(place);
    if (place.get("content") != null) {
      style = "json";
    } else if (!ParameterSpec.STYLES.contains(style)) {
      problems.add(place, "parameter style " + Documents.quoted(style) + " is not read yet");
    }
    boolean required = in == Parameter.In.PATH || place.flag("required");
    return new ParameterSpec(
        new Parameter(in, name, required, value.shape(), place.location()),
        style,
        explode,
        value.examples(),
        value.schema());
  }

  private static boolean isReserved(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.equals("accept") || name.equals("content-type") || name.equals("authorization");
  }

  private static Parameter.@Nullable In in(@Nullable String label) {
    for (Parameter.In in : Parameter.In.values()) {
      if (in != Parameter.In.SERVER && in.label().equals(label)) {
        return in;
      }
    }
    return null;
  }

  private static String style(Place parameter, Parameter.In in) {
    String style = parameter.text("style");
    if (style != null) {
      return style;
    }
    return in == Parameter.In.PATH || in == Parameter.In.HEADER ? "simple" : "form";
  }

  /** What a parameter or header says about its value, by schema or by content. */
  private ContentSpec value(Place holder) {
    for (Map.Entry<String, Place> media : holder.fields("content")) {
      return content(media.getValue());
    }
    return content(holder);
  }

  private ContentSpec content(Place holder) {
    Place schema = holder.get("schema");
    if (schema == null) {
      Examples examples = Examples.of(holder, null, documents, problems);
      Shape any = Shape.any(holder.location());
      return new ContentSpec(null, schemas.withExample(any, examples.besideSchema()), examples);
    }
    walk.visit(schema);
    Shape shape = schemas.shape(schema);
    Examples examples = Examples.of(holder, shape, documents, problems);
    return new ContentSpec(schema, schemas.withExample(shape, examples.besideSchema()), examples);
  }

  /** The media types of a body or response, by bare name. */
  Map<String, ContentSpec> contents(Place holder) {
    Map<String, ContentSpec> contents = new LinkedHashMap<>();
    for (Map.Entry<String, Place> media : holder.fields("content")) {
      Place place = problems.follow(documents, media.getValue());
      if (place == null) {
        continue;
      }
      String bare = MediaTypes.bare(media.getKey());
      if (contents.containsKey(bare)) {
        problems.add(
            place,
            "the media type "
                + Documents.quoted(bare)
                + " stands twice, with other parameters; only the first is read");
      } else {
        contents.put(bare, content(place));
      }
    }
    return contents;
  }

  /** The responses of an operation, in document order. */
  List<ReplySpec> responses(Place operation) {
    List<ReplySpec> responses = new ArrayList<>();
    for (Map.Entry<String, Place> entry : operation.fields("responses")) {
      String status = entry.getKey();
      if (status.startsWith("x-")) {
        continue;
      }
      String canonical = status.equals("default") ? status : status.toUpperCase(Locale.ROOT);
      if (!STATUS.matcher(canonical).matches()) {
        problems.add(
            entry.getValue(),
            "expected a status such as 200, 4XX or default, found " + Documents.quoted(status));
        continue;
      }
      Place place = problems.follow(documents, entry.getValue());
      if (place != null) {
        responses.add(response(canonical, place));
      }
    }
    return responses;
  }

  private ReplySpec response(String status, Place place) {
    List<ReplySpec.HeaderSpec> specs = new ArrayList<>();
    List<Parameter> headers = new ArrayList<>();
    for (Map.Entry<String, Place> entry : place.fields("headers")) {
      Place header = problems.follow(documents, entry.getValue());
      String name = entry.getKey();
      if (header == null || name.equalsIgnoreCase("content-type")) {
        continue;
      }
      ContentSpec value = value(header);
      boolean required = header.flag("required");
      headers.add(
          new Parameter(Parameter.In.HEADER, name, required, value.shape(), header.location()));
      boolean judged = header.get("content") == null;
      specs.add(new ReplySpec.HeaderSpec(name, required, judged ? value.schema() : null));
    }
    Map<String, ContentSpec> content = contents(place);
    Body body = new Body(!content.isEmpty(), ContentSpec.shapes(content), place.location());
    return new ReplySpec(new Response(status, headers, body, place.location()), content, specs);
  }
}
