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

  /** Forgets every order. */
  public void clear() {
    orders.clear();
  }
}
