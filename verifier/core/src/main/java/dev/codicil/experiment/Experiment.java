package dev.codicil.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stimulus under one fault set; its storm cells, one in each column of a step.
 *
 * @param id stable fingerprint of the stimulus and the fault set; never of side, seed, revision or
 *     path
 * @param stimulus id of the stimulus
 * @param faults what strikes
 * @param request what the faults do to the replayed request itself
 * @param reply what the faults do to the replies that a subject gets
 */
public record Experiment(
    String id, String stimulus, FaultSet faults, RequestFit request, ReplyFit reply) {
  /** Histories from before there was {@code reply} have none. */
  @JsonCreator
  public Experiment(
      String id, String stimulus, FaultSet faults, RequestFit request, @Nullable ReplyFit reply) {
    this.id = id;
    this.stimulus = stimulus;
    this.faults = faults;
    this.request = request;
    this.reply = reply == null ? ReplyFit.UNTOUCHED : reply;
  }

  /** An experiment that leaves what replies say alone. */
  public Experiment(String id, String stimulus, FaultSet faults, RequestFit request) {
    this(id, stimulus, faults, request, ReplyFit.UNTOUCHED);
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
    OUT_OF_CONTRACT;

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
      return switch (fit) {
        case UNTOUCHED -> UNTOUCHED;
        case IN_CONTRACT -> IN_CONTRACT;
        case OUT_OF_CONTRACT, BY_TARGET -> OUT_OF_CONTRACT;
      };
    }
  }
}
