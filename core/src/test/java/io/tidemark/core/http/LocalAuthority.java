package io.tidemark.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority that nobody knows, and a server of this machine whose certificate it signed. */
public final class LocalAuthority {
  private static final String PASSWORD = "changeit";

  private final Path folder;

  /** Makes both, in a folder. */
  public LocalAuthority(Path folder) throws Exception {
    this.folder = folder;
    keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Nobody", "-ext", "bc:c");
    keytool("-exportcert", "-rfc", "-alias", "ca", "-file", certificates().toString());
    keytool("-genkeypair", "-alias", "server", "-dname", "CN=server");
    keytool("-certreq", "-alias", "server", "-file", folder + "/server.csr");
    String names = "san=dns:localhost,ip:127.0.0.1";
    String signed = folder + "/server.pem";
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-ext",
        names,
        "-infile",
        folder + "/server.csr",
        "-outfile",
        signed);
    keytool("-importcert", "-alias", "server", "-file", signed);
    keytool("-delete", "-alias", "ca"); // So that the server has one identity only.
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", folder + "/keys.p12", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-noprompt"));
    if (arguments[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC"));
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** The file with the authority's certificate. */
  public Path certificates() {
    return folder.resolve("ca.pem");
  }

  /** What the server shows. */
  public SSLContext identity() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
