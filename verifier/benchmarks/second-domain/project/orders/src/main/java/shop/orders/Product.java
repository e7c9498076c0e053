package shop.orders;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A product as visitors see it.
 *
 * @param availability live, estimated, or unknown while the inventory cannot be asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Product(String sku, String availability, Integer onHand, Integer leadDays) {}
