package shop.inventory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What is in stock, and what is set aside for whom. */
@SpringBootApplication
@EnableScheduling
@EnableConfigurationProperties(InventorySettings.class)
public class InventoryApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(InventoryApplication.class, arguments);
  }
}
