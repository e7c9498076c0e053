package dev.codicil.junit;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import dev.codicil.contract.ProviderState;
import dev.codicil.storm.run.Launch;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The methods of a test class that set up provider states, and take them back. */
final class StateMethods implements Launch.StateSetup {
  /** Pact JVM's own, which is not on our class path; its methods are asked by name. */
  private static final String PACT_STATE = "au.com.dius.pact.provider.junitsupport.State";

  private final Class<?> tests;
  private final Map<String, List<Method>> setups = new LinkedHashMap<>();
  private final Map<String, List<Method>> teardowns = new LinkedHashMap<>();
  private final List<ProviderState> inForce = new ArrayList<>();
  private @Nullable Object instance;

  private StateMethods(Class<?> tests) {
    this.tests = tests;
  }

  /** Those of a class and of what it extends. */
  static StateMethods of(Class<?> tests) {
    StateMethods states = new StateMethods(tests);
    for (Method method :
        ReflectionSupport.findMethods(tests, any -> true, HierarchyTraversalMode.TOP_DOWN)) {
      for (Annotation annotation : method.getDeclaredAnnotations()) {
        states.add(method, annotation);
      }
    }
    return states;
  }

  private void add(Method method, Annotation annotation) {
    if (annotation instanceof dev.codicil.junit.ProviderState own) {
      add(setups, method, own.value());
    } else if (annotation.annotationType().getName().equals(PACT_STATE)) {
      boolean setup = String.valueOf(read(annotation, "action")).equals("SETUP");
      add(setup ? setups : teardowns, method, (String[]) read(annotation, "value"));
    }
  }

  private static void add(Map<String, List<Method>> into, Method method, String[] names) {
    for (String name : names) {
      into.computeIfAbsent(name, key -> new ArrayList<>()).add(method);
    }
  }

  private static Object read(Annotation annotation, String attribute) {
    Method method =
        ReflectionSupport.findMethod(annotation.annotationType(), attribute)
            .orElseThrow(() -> new IllegalStateException(annotation + " has no " + attribute));
    return Objects.requireNonNull(ReflectionSupport.invokeMethod(method, annotation));
  }

  boolean isEmpty() {
    return setups.isEmpty();
  }

  /** The test whose methods are called from now on. */
  void on(Object test) {
    instance = test;
  }

  @Override
  public void set(ProviderState state) {
    List<Method> methods = setups.getOrDefault(state.name(), List.of());
    if (methods.isEmpty()) {
      throw new IllegalStateException(
          "no method of "
              + tests.getSimpleName()
              + " does that; add one with @ProviderState(\""
              + state.name()
              + "\")"
              + (isEmpty() ? "" : ", there are " + new TreeSet<>(setups.keySet())));
    }
    if (inForce.contains(state)) {
      takeBack(); // for the next replay of the same interaction
    }
    inForce.add(state);
    methods.forEach(method -> call(method, state));
  }

  /** Takes back what was set up since the last time. */
  void takeBack() {
    List<ProviderState> all = List.copyOf(inForce);
    inForce.clear();
    for (ProviderState state : all) {
      teardowns.getOrDefault(state.name(), List.of()).forEach(method -> call(method, state));
    }
  }

  private void call(Method method, ProviderState state) {
    switch (method.getParameterCount()) {
      case 0 -> ReflectionSupport.invokeMethod(method, instance);
      case 1 -> {
        if (!Map.class.isAssignableFrom(method.getParameterTypes()[0])) {
          throw unfit(method);
        }
        ReflectionSupport.invokeMethod(method, instance, plain(state));
      }
      default -> throw unfit(method);
    }
  }

  private static IllegalStateException unfit(Method method) {
    return new IllegalStateException(
        method.getDeclaringClass().getSimpleName()
            + "#"
            + method.getName()
            + " takes "
            + List.of(method.getParameterTypes())
            + "; expected nothing, or one Map<String, Object>");
  }

  private static Map<String, @Nullable Object> plain(ProviderState state) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : state.parameters().entrySet()) {
      plain.put(
          one.getKey(), Json.mapper().convertValue(one.getValue(), new TypeReference<Object>() {}));
    }
    return plain;
  }
}
