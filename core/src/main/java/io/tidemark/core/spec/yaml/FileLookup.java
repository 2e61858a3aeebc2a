package io.tidemark.core.spec.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the files that a pipeline file names: a relative path counts from the current directory,
 * else from the pipeline file's folder and the folders above it, so that a pipeline runs the same
 * from a checkout, a scheduler or a test.
 */
public final class FileLookup {
  private final Path pipelineFile;

  /** Looks for files named in this pipeline file. */
  public FileLookup(Path pipelineFile) {
    this.pipelineFile = pipelineFile;
  }

  /** A file that was found, and what is in it. */
  public record Found(Path path, String text) {}

  /**
   * Finds and reads a UTF-8 file.
   *
   * @throws Unusable naming every place looked at, or why the file there cannot be read
   */
  public Found read(String name) throws Unusable {
    List<Path> places = places(name);
    Optional<Path> file = places.stream().filter(Files::exists).findFirst();
    if (file.isEmpty()) {
      throw new Unusable(
          "no such file, looked at " + joined(places), "create it, or correct the path");
    }
    if (!Files.isRegularFile(file.get())) {
      throw new Unusable(file.get() + " is not a file", "name a file, not a folder");
    }
    return new Found(file.get(), text(file.get()));
  }

  private List<Path> places(String name) throws Unusable {
    Path path = path(name);
    if (path.isAbsolute()) {
      return List.of(path.normalize());
    }
    Set<Path> places = new LinkedHashSet<>();
    places.add(path.toAbsolutePath().normalize());
    Path folder = pipelineFile.toAbsolutePath().normalize().getParent();
    while (folder != null) {
      places.add(folder.resolve(path).normalize());
      folder = folder.getParent();
    }
    return List.copyOf(places);
  }

  private static Path path(String name) throws Unusable {
    if (name.isBlank()) {
      throw new Unusable("no file is named", "write the path of a file");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new Unusable("not a path: " + e.getReason(), "write the path of a file");
    }
  }

  private static String text(Path file) throws Unusable {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new Unusable(file + " is not UTF-8 text", "save it as UTF-8");
    } catch (IOException e) {
      throw new Unusable("cannot read " + file + ": " + e, "make it readable for this user");
    }
  }

  private static String joined(List<Path> places) {
    return places.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  /** A named file that cannot be used; the message is the problem. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    Unusable(String problem, String remedy) {
      super(problem);
      this.remedy = remedy;
    }

    /** The change that corrects it. */
    public String remedy() {
      return remedy;
    }
  }
}
