package io.tidemark.cli;

import io.tidemark.cli.verb.Environment;
import java.lang.reflect.Constructor;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes verbs; those that take the environment get it. */
final class VerbFactory implements IFactory {
  private final Map<String, String> environment;

  VerbFactory(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 1
          && constructor.getParameterTypes()[0].equals(Environment.class)) {
        constructor.setAccessible(true); // Nobody else is to make a verb.
        return type.cast(constructor.newInstance(new Environment(environment)));
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}
