package io.tidemark.quality.alert.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that takes letters encrypted only; one guest at a time. */
final class MailServer implements AutoCloseable {
  private final ServerSocket server;
  private final SSLContext identity;
  private final List<String> clear = new CopyOnWriteArrayList<>();
  private final List<String> sealed = new CopyOnWriteArrayList<>();

  private MailServer(ServerSocket server, SSLContext identity) {
    this.server = server;
    this.identity = identity;
    new Thread(this::serve, "mail server").start();
  }

  /** One that begins in the clear. */
  static MailServer withStartTls(SSLContext identity) throws IOException {
    return new MailServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), identity);
  }

  /** One that is encrypted from the first byte. */
  static MailServer encrypted(SSLContext identity) throws IOException {
    return new MailServer(
        identity
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress()),
        identity);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What was said in the clear. */
  List<String> clear() {
    return List.copyOf(clear);
  }

  /** What was said encrypted. */
  List<String> sealed() {
    return List.copyOf(sealed);
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket guest = server.accept()) {
        guest.getOutputStream().write("220 here\r\n".getBytes(StandardCharsets.UTF_8));
        if (talk(guest, guest instanceof SSLSocket ? sealed : clear)) {
          SSLSocket sealedGuest =
              (SSLSocket)
                  identity
                      .getSocketFactory()
                      .createSocket(guest, "localhost", guest.getPort(), true);
          sealedGuest.setUseClientMode(false);
          talk(sealedGuest, sealed);
        }
      } catch (IOException e) {
        // A guest that does not trust the server leaves, and so does everybody at the end.
      }
    }
  }

  /** Whether the guest wants to go on encrypted. */
  private boolean talk(Socket guest, List<String> said) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(guest.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = guest.getOutputStream();
    boolean letter = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      said.add(line);
      letter &= !line.equals(".");
      if (!letter) {
        out.write((answer(line) + "\r\n").getBytes(StandardCharsets.UTF_8));
      }
      letter |= line.equals("DATA");
      if (line.equals("STARTTLS")) {
        return true;
      }
    }
    return false;
  }

  private static String answer(String line) {
    return switch (line.split(" ", 2)[0]) {
      case "EHLO" -> "250-localhost\r\n250 STARTTLS";
      case "STARTTLS" -> "220 go on";
      case "DATA" -> "354 tell";
      case "QUIT" -> "221 bye";
      default -> "250 ok";
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
