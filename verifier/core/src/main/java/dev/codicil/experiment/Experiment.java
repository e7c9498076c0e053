package dev.codicil.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.Stream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stimulus under one fault set; its storm cells, one in each column of a step.
 *
 * @param id stable fingerprint of the stimulus and the fault set; never of side, seed, revision or
 *     path
 * @param stimulus id of the stimulus
 * @param faults what strikes; nothing only for calm under load
 * @param request what the faults do to the replayed request itself
 * @param reply what the faults do to the replies that a subject gets
 * @param load under which load it is held meanwhile; null for a single replay
 */
public record Experiment(
    String id,
    String stimulus,
    FaultSet faults,
    RequestFit request,
    ReplyFit reply,
    @Nullable Load load) {
  /** Histories from before there was {@code reply}, or {@code load}, have none. */
  @JsonCreator
  public Experiment(
      String id,
      String stimulus,
      FaultSet faults,
      RequestFit request,
      @Nullable ReplyFit reply,
      @Nullable Load load) {
    if (faults.calm() && load == null) {
      throw new IllegalArgumentException(
          "neither fault nor load in profile " + faults.profile() + ": that is the calm cell");
    }
    this.id = id;
    this.stimulus = stimulus;
    this.faults = faults;
    this.request = request;
    this.reply = reply == null ? ReplyFit.UNTOUCHED : reply;
    this.load = load;
  }

  /** An experiment of a single replay. */
  public Experiment(
      String id, String stimulus, FaultSet faults, RequestFit request, @Nullable ReplyFit reply) {
    this(id, stimulus, faults, request, reply, null);
  }

  /** An experiment that leaves what replies say alone. */
  public Experiment(String id, String stimulus, FaultSet faults, RequestFit request) {
    this(id, stimulus, faults, request, ReplyFit.UNTOUCHED);
  }

  /** Calm weather under a load, which the storms under that load are measured by. */
  public static Experiment calmUnder(Load load, String stimulus, String profile) {
    return new Experiment(
        Fingerprints.of(stimulus, label("", load)),
        stimulus,
        new FaultSet(profile, List.of()),
        RequestFit.UNTOUCHED,
        ReplyFit.UNTOUCHED,
        load);
  }

  /** One line for people, from which ids are made: the faults, and the load when there is one. */
  public String label() {
    return label(faults.label(), load);
  }

  static String label(String faults, @Nullable Load load) {
    return load == null
        ? faults
        : (faults.isEmpty() ? "no fault" : faults) + ", under a load of " + load.label();
  }

  /** Whether no fault strikes: calm weather under a load. */
  public boolean calm() {
    return faults.calm();
  }

  /** Whether this is the calm weather that a storm under load is measured by. */
  public boolean isCalmOf(Experiment storm) {
    return calm()
        && !storm.calm()
        && storm.stimulus().equals(stimulus)
        && storm.load() != null
        && load != null
        && storm.load().label().equals(load.label());
  }

  /** Whether the request the provider gets is still within its contract. */
  public enum RequestFit {
    /** The faults leave the request alone. */
    UNTOUCHED,
    /** The request is varied within the contract and must be answered as before. */
    IN_CONTRACT,
    /** The request breaks the contract and should be refused. */
    OUT_OF_CONTRACT
  }

  /** Whether the replies a subject gets are still within their contract. */
  public enum ReplyFit {
    /** The faults leave what replies say alone. */
    UNTOUCHED,
    /** Replies are varied within the contract; the subject must do as it did in calm. */
    IN_CONTRACT,
    /** Replies break the contract; the subject may fall back or refuse. */
    OUT_OF_CONTRACT,
    /**
     * Replies say what the amended contract allows and the base refuses: nothing that the base side
     * could ever meet.
     */
    NEWLY_ALLOWED;

    /**
     * What a fault does to the replies that a subject gets.
     *
     * @param edge id of the edge it strikes
     * @param fit of the message it strikes
     */
    static ReplyFit of(FaultCard card, Stream stream, String edge, FaultCard.Fit fit) {
      boolean replies = stream == Stream.DOWNSTREAM || card.aim() == FaultCard.Aim.AMENDED_PROVIDER;
      if (!replies || edge.startsWith(Subject.clientEdge(""))) {
        return UNTOUCHED; // nobody but the replay reads what comes back there
      }
      if (card.aim() == FaultCard.Aim.AMENDED_REPLY) {
        return NEWLY_ALLOWED;
      }
      return switch (fit) {
        case UNTOUCHED -> UNTOUCHED;
        case IN_CONTRACT -> IN_CONTRACT;
        case OUT_OF_CONTRACT, BY_TARGET -> OUT_OF_CONTRACT;
      };
    }
  }
}
