package dev.codicil.formats.asyncapi;

import dev.codicil.contract.MessageInteraction.Flow;
import dev.codicil.contract.Parameter;
import dev.codicil.formats.jsonschema.BrokenReference;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the operations of AsyncAPI 3, which say themselves what the application sends. */
final class Version3 {
  private final Place root;
  private final Documents documents;
  private final Problems problems;
  private final ChannelReader channels;
  private final MessageReader messages;
  private final Bindings bindings;
  private final Interactions interactions;
  private final Map<String, Channel> known = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  Version3(
      Place root,
      Documents documents,
      Problems problems,
      ChannelReader channels,
      MessageReader messages,
      Bindings bindings,
      Interactions interactions) {
    this.root = root;
    this.documents = documents;
    this.problems = problems;
    this.channels = channels;
    this.messages = messages;
    this.bindings = bindings;
    this.interactions = interactions;
  }

  void read() {
    for (Map.Entry<String, Place> entry : root.fields("operations")) {
      if (!entry.getKey().startsWith("x-")) {
        operation(entry.getValue());
      }
    }
    tellUnused();
  }

  private void operation(Place declared) {
    Place operation = problems.follow(documents, declared);
    if (operation == null) {
      return;
    }
    String action = operation.text("action");
    Place at = operation.get("channel");
    if (action == null || !action.equals("send") && !action.equals("receive") || at == null) {
      problems.add(
          operation, "expected an operation with an 'action' (send or receive) and a 'channel'");
      return;
    }
    Place channelPlace = problems.follow(documents, at);
    if (channelPlace == null) {
      return;
    }
    bindings.operation(Layers.of(operation, false, documents, problems));
    Flow flow = action.equals("send") ? Flow.FROM_PROVIDER : Flow.TO_PROVIDER;
    Channel channel = channel(channelPlace, lastOf(at));
    Place reply = operation.get("reply");
    reply = reply == null ? null : problems.follow(documents, reply);
    messages(flow, channel, operation, replyAddress(reply));
    if (reply != null) {
      reply(flow == Flow.FROM_PROVIDER ? Flow.TO_PROVIDER : Flow.FROM_PROVIDER, channel, reply);
    }
  }

  /** A reply travels the other way, on a channel of its own or on one that is only known later. */
  private void reply(Flow flow, Channel request, Place reply) {
    Place at = reply.get("channel");
    Channel channel;
    if (at == null) {
      channel = new Channel("reply to " + request.address(), request.parameters(), reply);
    } else {
      Place place = problems.follow(documents, at);
      if (place == null) {
        return;
      }
      channel = channel(place, lastOf(at));
    }
    messages(flow, channel, reply, List.of());
  }

  private List<Parameter> replyAddress(@Nullable Place reply) {
    Place address = reply == null ? null : reply.get("address");
    address = address == null ? null : problems.follow(documents, address);
    return address == null ? List.of() : messages.expression("reply address", address);
  }

  private Channel channel(Place place, String id) {
    Channel channel = known.get(place.id());
    if (channel == null) {
      String address = place.text("address");
      channel = channels.read(place, address == null ? "channel " + id : address);
      known.put(place.id(), channel);
    }
    return channel;
  }

  /** The messages an operation or reply names, else all of its channel. */
  private void messages(Flow flow, Channel channel, Place holder, List<Parameter> more) {
    Place named = holder.get("messages");
    if (named == null) {
      List<Map.Entry<String, Place>> all = channel.place().fields("messages");
      if (all.isEmpty()) {
        problems.add(holder, "its channel has no messages: what it carries is not known");
      }
      for (Map.Entry<String, Place> entry : all) {
        used.add(entry.getValue().id());
        interactions.add(flow, channel, entry.getValue(), entry.getKey(), more);
      }
      return;
    }
    List<Place> listed = named.items();
    if (listed.isEmpty()) {
      problems.add(named, "no messages are listed: what it carries is not known");
    }
    for (Place item : listed) {
      Place message = step(item);
      if (message != null) {
        used.add(message.id());
        interactions.add(flow, channel, message, lastOf(item), more);
      }
    }
  }

  /** What a reference names itself, which is the entry of a channel and may be a reference too. */
  private @Nullable Place step(Place item) {
    String ref = item.ref();
    if (ref == null) {
      return item;
    }
    try {
      return documents.resolve(item, ref);
    } catch (BrokenReference broken) {
      problems.add(item, Problems.messageOf(broken));
      return null;
    }
  }

  private void tellUnused() {
    for (Map.Entry<String, Place> entry : root.fields("channels")) {
      Place channel =
          entry.getKey().startsWith("x-") ? null : problems.follow(documents, entry.getValue());
      List<String> idle = new ArrayList<>();
      for (Map.Entry<String, Place> message :
          channel == null ? List.<Map.Entry<String, Place>>of() : channel.fields("messages")) {
        if (!used.contains(message.getValue().id())) {
          idle.add(Documents.quoted(message.getKey()));
        }
      }
      if (!idle.isEmpty()) {
        problems.add(
            entry.getValue(),
            "no operation sends or receives "
                + String.join(", ", idle.subList(0, Math.min(5, idle.size())))
                + (idle.size() > 5 ? " and " + (idle.size() - 5) + " more" : "")
                + " of the channel "
                + Documents.quoted(entry.getKey())
                + ": not read");
      }
    }
  }

  private static String lastOf(Place holder) {
    String ref = holder.ref();
    return ref == null ? "message" : lastOf(ref);
  }

  /** The last step of a reference: what it calls its target. */
  static String lastOf(String ref) {
    String last = ref.substring(Math.max(ref.lastIndexOf('/'), ref.lastIndexOf('#')) + 1);
    return last.replace("~1", "/").replace("~0", "~");
  }
}
