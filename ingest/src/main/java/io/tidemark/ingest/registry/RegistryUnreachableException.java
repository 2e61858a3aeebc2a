package io.tidemark.ingest.registry;

/**
 * A registry that does not answer, or does not as a registry does. Never a property of a record:
 * nothing may be landed or set aside because of it.
 */
public final class RegistryUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryUnreachableException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
