package dev.codicil.amendment;

import dev.codicil.contract.Parameter;
import dev.codicil.contract.PathTemplates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of the parameters in a path or channel address, which are not on the wire. */
final class PathNames {
  private PathNames() {}

  /** Path parameters of the base under the names that the head's template gives their places. */
  static List<Parameter> renamed(List<Parameter> parameters, String before, String after) {
    if (before.equals(after)
        || !PathTemplates.normalize(before).equals(PathTemplates.normalize(after))) {
      return parameters;
    }
    List<String> old = names(before);
    List<String> now = names(after);
    Map<String, String> renamed = new HashMap<>();
    for (int i = 0; i < old.size() && i < now.size(); i++) {
      renamed.put(old.get(i), now.get(i));
    }
    List<Parameter> inputs = new ArrayList<>();
    for (Parameter parameter : parameters) {
      String name = renamed.getOrDefault(parameter.name(), parameter.name());
      inputs.add(
          parameter.in() == Parameter.In.PATH
              ? new Parameter(
                  parameter.in(),
                  name,
                  parameter.required(),
                  parameter.shape(),
                  parameter.location())
              : parameter);
    }
    return inputs;
  }

  private static List<String> names(String template) {
    List<String> names = new ArrayList<>();
    int open = template.indexOf('{');
    while (open >= 0) {
      int close = template.indexOf('}', open);
      if (close < 0) {
        break;
      }
      names.add(template.substring(open + 1, close));
      open = template.indexOf('{', close);
    }
    return names;
  }
}
