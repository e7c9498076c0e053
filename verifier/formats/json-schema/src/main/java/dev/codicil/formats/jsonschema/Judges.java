package dev.codicil.formats.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.codicil.contract.Mismatch;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds values to the schemas of one document. Validators are made on first use, each once, and may
 * be used by several threads. They read no file and no address: what they need is bundled.
 */
public final class Judges {
  /** Most digits before or after the point of a number that is compared. */
  private static final int MAX_DIGITS = 1_000;

  private final Documents documents;
  private final boolean v30;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /** Knows where a bundle keeps its definitions, and so does not warn of them. */
  private static final Dialect OPENAPI_30 =
      Dialect.builder(Dialects.getOpenApi30()).keyword(new NonValidationKeyword("$defs")).build();

  private @Nullable SchemaRegistry registry;

  public Judges(Documents documents, boolean v30) {
    this.documents = documents;
    this.v30 = v30;
  }

  /** What is wrong with {@code value}; paths start with {@code at}. */
  public List<Mismatch> check(Place schema, JsonNode value, String at) {
    if (!isTame(value)) {
      return List.of(
          new Mismatch(at, "numbers of at most " + MAX_DIGITS + " digits", "a number beyond that"));
    }
    try {
      List<Error> errors = validator(schema).validate(value);
      return errors.isEmpty() ? List.of() : new Mismatches(at, value).of(errors);
    } catch (BoundedPattern.GaveUp tooLong) {
      return List.of(
          new Mismatch(at, "a match found in time", String.valueOf(tooLong.getMessage())));
    } catch (StackOverflowError tooDeep) {
      return List.of(
          new Mismatch(
              at, "a schema that can be judged", "a schema that contains itself too often"));
    } catch (SchemaException unusable) {
      return List.of(
          new Mismatch(
              at,
              "a schema that can be judged",
              Mismatches.shorten(String.valueOf(unusable.getMessage()))));
    }
  }

  private Schema validator(Place schema) {
    Place target = schema;
    try {
      target = v30 || schema.ref() != null ? documents.follow(schema) : schema;
    } catch (BrokenReference told) {
      // The bundle of a broken reference allows anything; reading has told the problem.
    }
    if (!v30 && schema.ref() != null && Keywords.constrainsBesideReference(schema)) {
      target = schema;
    }
    Place start = target;
    return schemas.computeIfAbsent(
        start.id(), unused -> registry().getSchema(new SchemaBundle(documents, v30).of(start)));
  }

  private synchronized SchemaRegistry registry() {
    if (registry == null) {
      SchemaRegistryConfig config =
          SchemaRegistryConfig.builder()
              .formatAssertionsEnabled(true)
              .locale(Locale.ENGLISH)
              .regularExpressionFactory(BoundedPattern::new)
              .build();
      registry =
          SchemaRegistry.withDialect(
              v30 ? OPENAPI_30 : Dialects.getOpenApi31(),
              builder -> builder.schemaCacheEnabled(false).schemaRegistryConfig(config));
    }
    return registry;
  }

  /** Whether all numbers inside are small enough to calculate with: 1e999999999 is not. */
  static boolean isTame(JsonNode value) {
    Deque<JsonNode> pending = new ArrayDeque<>();
    pending.push(value);
    while (!pending.isEmpty()) {
      JsonNode node = pending.pop();
      if (node.isContainerNode()) {
        node.forEach(pending::push);
      } else if (node.isBigDecimal()) {
        BigDecimal number = node.decimalValue();
        long before = (long) number.precision() - number.scale();
        if (before > MAX_DIGITS || number.scale() > MAX_DIGITS) {
          return false;
        }
      } else if (node.isBigInteger() && node.bigIntegerValue().bitLength() > MAX_DIGITS * 4) {
        return false;
      }
    }
    return true;
  }
}
