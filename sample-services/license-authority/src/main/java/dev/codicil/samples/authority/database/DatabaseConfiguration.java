package dev.codicil.samples.authority.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.codicil.samples.authority.AuthoritySettings;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  @Bean
  HikariDataSource dataSource(AuthoritySettings settings, ObjectProvider<EmbeddedDatabase> own) {
    AuthoritySettings.Database database = settings.database();
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(database.embedded() ? own.getObject().jdbcUrl() : database.url());
    if (!database.user().isEmpty()) {
      pool.setUsername(database.user());
      pool.setPassword(database.password());
    }
    pool.setMaximumPoolSize(8);
    pool.setMinimumIdle(1);
    // A database that is away has to become a 503 while the caller still listens.
    pool.setConnectionTimeout(1000);
    pool.setValidationTimeout(500);
    pool.addDataSourceProperty("loginTimeout", "1");
    pool.addDataSourceProperty("socketTimeout", "3");
    return new HikariDataSource(pool);
  }

  @Bean
  TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
    return new TransactionTemplate(manager);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
