import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Injector;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.storm.proxy.FaultProxy;
import dev.codicil.storm.proxy.StormLoop;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What stands on the two ends of {@code proxy.sh}: {@code backend PORT-FILE}, a server with one JSON
 * body of 605 bytes; {@code codicil MODE TARGET-PORT PORT-FILE}, the fault proxy without a rule
 * ({@code none}) or with a field dropped from every reply ({@code drop-field}). Both end with their
 * standard input. {@code provider PORT} is the same server as a subject of {@code experiments.sh}.
 */
public final class ProxyBench {
  private static final int SIZE = 605;

  private ProxyBench() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("backend")) {
      write(args[1], backend(0));
    } else if (args[0].equals("provider")) {
      backend(Integer.parseInt(args[1]));
      Thread.sleep(900_000); // whoever started it stops it; nothing stays behind for good
      System.exit(0);
    } else {
      write(args[3], codicil(args[1], Integer.parseInt(args[2])));
    }
    while (System.in.read() >= 0) {
      // Whoever started this ends it by closing the pipe, also by dying.
    }
    System.exit(0);
  }

  private static void write(String file, int port) throws Exception {
    Path made = Path.of(file + ".new");
    Files.writeString(made, Integer.toString(port));
    Files.move(made, Path.of(file));
  }

  private static int codicil(String mode, int target) {
    String edge = "bench->backend";
    FaultProxy proxy = FaultProxy.open(StormLoop.open(), edge);
    proxy.target(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    if (mode.equals("drop-field")) {
      PlannedFault planned =
          new PlannedFault(
              "drop-field",
              edge,
              Stream.DOWNSTREAM,
              Parameters.NONE.with("pointer", "/validUntil"));
      proxy.arm(
          Injector.of(
              1,
              "bench",
              List.of(new BoundFault(planned, Faults.byId("drop-field").orElseThrow()))));
    }
    return proxy.port();
  }

  private static int backend(int port) {
    StringBuilder json = new StringBuilder("{\"validUntil\":\"2030-01-01\",\"items\":[");
    for (int i = 0; json.length() < SIZE - 60; i++) {
      json.append(i == 0 ? "" : ",").append("{\"sku\":\"A").append(i).append("\",\"count\":1}");
    }
    json.append("],\"pad\":\"");
    json.append("x".repeat(SIZE - 2 - json.length())).append("\"}");
    byte[] reply =
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + json.length()
                + "\r\n\r\n"
                + json)
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuf bytes = Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(reply));
    Channel channel =
        new ServerBootstrap()
            .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened
                        .pipeline()
                        .addLast(new HttpRequestDecoder())
                        .addLast(
                            new SimpleChannelInboundHandler<HttpObject>() {
                              @Override
                              protected void channelRead0(
                                  ChannelHandlerContext ctx, HttpObject part) {
                                if (part instanceof LastHttpContent) {
                                  ctx.writeAndFlush(bytes.duplicate());
                                }
                              }

                              @Override
                              public void exceptionCaught(
                                  ChannelHandlerContext ctx, Throwable cause) {
                                ctx.close();
                              }
                            });
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }
}
