package dev.codicil.samples.checkout.order;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** The orders taken since the service started. */
@Component
public class OrderBook {

  private final Map<String, Order> orders = new ConcurrentHashMap<>();

  Order enter(Function<String, Order> order) {
    Order entered = order.apply(UUID.randomUUID().toString());
    orders.put(entered.orderId(), entered);
    return entered;
  }

  Optional<Order> find(String orderId) {
    return Optional.ofNullable(orders.get(orderId));
  }

  /** Returns how many orders were taken. */
  public int size() {
    return orders.size();
  }

  /** Holds an order of this number, confirmed under license L-1, whatever was there before. */
  public void place(String orderId) {
    orders.put(orderId, Order.confirmed(orderId, "A1", "L-1", "2099-12-31T00:00:00Z"));
  }

  /** Forgets every order. */
  public void clear() {
    orders.clear();
  }
}
