package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The README says what the files and the command say. */
final class ReadmeTest {
  private static final Path HOME = Path.of(System.getProperty("tidemark.home"));

  @Test
  void showsTheDemoPipelineFileAsItIs() throws IOException {
    Matcher yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(read("README.md"));
    assertThat(yaml.find()).isTrue();
    assertThat(lines(yaml.group(1)))
        .as("README.md shows conf/pipelines/shop.yml without its comments")
        .isEqualTo(lines(read("conf/pipelines/shop.yml")));
  }

  @Test
  void namesEveryVerb() throws IOException {
    String readme = read("README.md");
    CommandLine command = new CommandLine(new TidemarkCommand(), new VerbFactory(Map.of()));
    assertThat(command.getSubcommands().keySet())
        .isNotEmpty()
        .allSatisfy(
            verb ->
                assertThat(readme)
                    .containsAnyOf("`tidemark " + verb, "`" + verb + "`", "`" + verb + " "));
  }

  private static List<String> lines(String yaml) {
    return Stream.of(yaml.split("\n"))
        .map(line -> line.replaceFirst("(^|\\s+)#.*$", "").stripTrailing())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String read(String file) throws IOException {
    return Files.readString(HOME.resolve(file));
  }
}
