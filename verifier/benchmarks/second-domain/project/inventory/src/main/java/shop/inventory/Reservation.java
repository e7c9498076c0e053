package shop.inventory;

import java.util.List;

/** Stock that is set aside for an order. */
public record Reservation(String id, String order, List<Line> lines) {}
