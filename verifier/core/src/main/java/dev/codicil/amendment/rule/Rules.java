package dev.codicil.amendment.rule;

import java.util.List;

/** The built-in rules. A new rule is a constant in the file of its topic and a line here. */
public final class Rules {
  private static final List<ChangeRule> BUILT_IN =
      List.of(
          OperationRules.PATH_ADDED,
          OperationRules.PATH_REMOVED,
          OperationRules.METHOD_ADDED,
          OperationRules.METHOD_REMOVED,
          OperationRules.INTERACTION_ADDED,
          OperationRules.INTERACTION_REMOVED,
          OperationRules.INTERACTION_CHANGED,
          ParameterRules.PARAMETER_ADDED,
          ParameterRules.PARAMETER_REMOVED,
          ParameterRules.PARAMETER_BECAME_REQUIRED,
          ParameterRules.PARAMETER_BECAME_OPTIONAL,
          ParameterRules.PARAMETER_MOVED,
          ParameterRules.HEADER_ADDED,
          ParameterRules.HEADER_REMOVED,
          ParameterRules.HEADER_BECAME_REQUIRED,
          ParameterRules.HEADER_BECAME_OPTIONAL,
          BodyRules.BECAME_REQUIRED,
          BodyRules.BECAME_OPTIONAL,
          BodyRules.MEDIA_TYPE_ADDED,
          BodyRules.MEDIA_TYPE_REMOVED,
          StatusRules.ADDED,
          StatusRules.REMOVED,
          FieldRules.ADDED,
          FieldRules.REMOVED,
          FieldRules.BECAME_REQUIRED,
          FieldRules.BECAME_OPTIONAL,
          FieldRules.HIDDEN,
          FieldRules.SHOWN,
          TypeRules.CHANGED,
          TypeRules.WIDENED,
          TypeRules.NARROWED,
          TypeRules.NULLABLE,
          TypeRules.NOT_NULLABLE,
          EnumRules.VALUE_ADDED,
          EnumRules.VALUE_REMOVED,
          EnumRules.INTRODUCED,
          EnumRules.DROPPED,
          TextRules.FORMAT_ADDED,
          TextRules.FORMAT_REMOVED,
          TextRules.FORMAT_CHANGED,
          TextRules.PATTERN_ADDED,
          TextRules.PATTERN_REMOVED,
          TextRules.PATTERN_CHANGED,
          BoundRules.RANGE_NARROWED,
          BoundRules.RANGE_WIDENED,
          BoundRules.LENGTH_NARROWED,
          BoundRules.LENGTH_WIDENED,
          BoundRules.ITEM_COUNT_NARROWED,
          BoundRules.ITEM_COUNT_WIDENED,
          ObjectRules.CLOSED,
          ObjectRules.OPENED,
          AlternativeRules.ADDED,
          AlternativeRules.REMOVED,
          AlternativeRules.INTRODUCED,
          AlternativeRules.DROPPED,
          AlternativeRules.COMBINATION_CHANGED,
          UnreadRules.NOT_UNDERSTOOD);

  private Rules() {}

  /** All built-in rules, by topic. */
  public static List<ChangeRule> builtIn() {
    return BUILT_IN;
  }
}
