package dev.codicil.storm.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A small service, run as a process of its own, that books every item twice in one transaction of
 * PostgreSQL, over one connection that it keeps.
 */
public final class LedgerSubject {
  private static final String URL = System.getenv("DB");
  private static final String TABLE = System.getenv("TABLE");

  /** Whether it goes on with a connection that has failed. */
  private static final boolean STUBBORN = "stubborn".equals(System.getenv("VICES"));

  private static @Nullable Connection kept;

  private LedgerSubject() {}

  /**
   * Serves on {@code args[0]}.
   *
   * @throws Exception when the port is in use, or the database cannot be had
   */
  public static void main(String[] args) throws Exception {
    book("CREATE TABLE IF NOT EXISTS " + TABLE + " (side text)");
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 64);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", LedgerSubject::handle);
    server.start();
  }

  private static synchronized void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    try {
      switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
        case "POST /items" -> {
          String debit = "INSERT INTO " + TABLE + " VALUES ('debit')";
          book(debit, debit.replace("debit", "credit"));
          reply(exchange, 201, "{\"id\":1,\"name\":\"one\"}");
        }
        case "GET /count" -> reply(exchange, 200, "{\"count\":" + count() + "}");
        default -> reply(exchange, 200, "{}");
      }
    } catch (SQLException unavailable) {
      if (!STUBBORN) {
        kept = null;
      }
      reply(exchange, 503, "{\"title\":\"the ledger cannot be written\"}");
    }
  }

  private static Connection connection() throws SQLException {
    Connection connection = kept;
    if (connection == null) {
      connection = DriverManager.getConnection(URL);
      connection.setAutoCommit(false);
      kept = connection;
    }
    return connection;
  }

  private static void book(String... statements) throws SQLException {
    Connection connection = connection();
    try (Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
    connection.commit();
  }

  private static long count() throws SQLException {
    Connection connection = connection();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT count(*) FROM " + TABLE + " WHERE side = 'credit'")) {
      result.next();
      long count = result.getLong(1);
      connection.commit();
      return count;
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
