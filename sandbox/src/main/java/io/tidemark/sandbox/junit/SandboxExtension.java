package io.tidemark.sandbox.junit;

import io.tidemark.sandbox.Sandbox;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.SandboxException;
import io.tidemark.sandbox.SandboxPart;
import io.tidemark.sandbox.StateFolder;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts one sandbox for the test JVM, with an empty state in {@code target/sandbox-test-<n>},
 * before the first class that wants it, and stops it after the last test of all. It also ends when
 * the test JVM is killed. The number is that of the JVM, in the property {@code tidemark.fork}, of
 * those that run tests of a module at a time.
 */
public final class SandboxExtension implements BeforeAllCallback, ParameterResolver {
  private static final Path STATE =
      Path.of("target", "sandbox-test-" + System.getProperty("tidemark.fork", "1"));

  /**
   * Starts the sandbox if no class did before.
   *
   * @throws SandboxException if it does not start
   */
  @Override
  public void beforeAll(ExtensionContext context) {
    shared(context).add(parts(context));
  }

  /** The state of the sandbox of this JVM. */
  public static Path state() {
    return STATE;
  }

  /** Whether the parameter is a {@link SandboxAddresses}. */
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SandboxAddresses.class;
  }

  /** Where the sandbox listens. */
  @Override
  public SandboxAddresses resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return shared(context).addresses();
  }

  private static Set<SandboxPart> parts(ExtensionContext context) {
    Set<SandboxPart> parts = EnumSet.noneOf(SandboxPart.class);
    AnnotationSupport.findAnnotation(context.getRequiredTestClass(), WithSandbox.class)
        .ifPresent(
            asked -> {
              if (asked.mariadb()) {
                parts.add(SandboxPart.MARIADB);
              }
              if (asked.registry()) {
                parts.add(SandboxPart.REGISTRY);
              }
            });
    return parts;
  }

  private static Shared shared(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SandboxExtension.class))
        .getOrComputeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
  }

  /** The one of this JVM; the store closes it when all tests are over. */
  private static final class Shared implements AutoCloseable {
    private SandboxAddresses addresses;

    static Shared start() {
      Sandbox.stop(STATE);
      new StateFolder(STATE).reset();
      Shared shared = new Shared();
      shared.addresses = started(Set.of());
      return shared;
    }

    private static SandboxAddresses started(Set<SandboxPart> parts) {
      return Sandbox.start(
          STATE,
          line -> System.err.println("sandbox: " + line),
          Sandbox.Lifetime.WITH_PARENT,
          parts);
    }

    synchronized void add(Set<SandboxPart> parts) {
      if (!addresses.parts().keySet().containsAll(parts)) {
        addresses = started(parts);
      }
    }

    synchronized SandboxAddresses addresses() {
      return addresses;
    }

    @Override
    public void close() {
      Sandbox.stop(STATE);
    }
  }
}
