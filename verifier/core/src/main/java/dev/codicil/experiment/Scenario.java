package dev.codicil.experiment;

import dev.codicil.contract.Expectation;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.ProviderState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the runner needs to replay one stimulus; the executable twin of {@link Stimulus}.
 *
 * @param stimulus what it is
 * @param request the request to send, without the subject's own headers
 * @param given provider states to set up, by subject, in order
 * @param interaction the base interaction; null for a probe
 * @param expectation decides about the reply; null for a probe
 * @param probe the declared answers; null for an interaction
 * @param effects read-backs that belong to this operation
 * @param declaredStatus the status its example declares; 0 when it declares none
 * @param messages what is published instead of a request, whose effects {@code request} then reads;
 *     null for a request
 */
public record Scenario(
    Stimulus stimulus,
    HttpRequest request,
    Map<String, List<ProviderState>> given,
    @Nullable HttpInteraction interaction,
    @Nullable Expectation expectation,
    @Nullable Probe probe,
    List<EffectCheck> effects,
    int declaredStatus,
    @Nullable MessageScript messages) {
  public Scenario {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    effects = List.copyOf(effects);
    if (messages == null && (probe == null) == (expectation == null)) {
      throw new IllegalArgumentException("a scenario is a probe or an interaction: " + stimulus);
    }
  }

  /** A request. */
  public Scenario(
      Stimulus stimulus,
      HttpRequest request,
      Map<String, List<ProviderState>> given,
      @Nullable HttpInteraction interaction,
      @Nullable Expectation expectation,
      @Nullable Probe probe,
      List<EffectCheck> effects,
      int declaredStatus) {
    this(stimulus, request, given, interaction, expectation, probe, effects, declaredStatus, null);
  }
}
