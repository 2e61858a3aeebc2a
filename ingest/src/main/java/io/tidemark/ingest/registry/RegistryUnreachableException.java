package io.tidemark.ingest.registry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry that does not answer, or does not as a registry does. Never a property of a record:
 * nothing may be landed or set aside because of it.
 */
public final class RegistryUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Pattern AS_TEXT =
      Pattern.compile(Pattern.quote(RegistryUnreachableException.class.getName()) + ": ([^\\n]*)");

  RegistryUnreachableException(String problem, Throwable cause) {
    super(problem, cause);
  }

  /** What such an exception says, if one is the reason of a failure. */
  public static Optional<String> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RegistryUnreachableException) {
        return Optional.of(cause.getMessage());
      }
      // A task's failure may reach the driver as text only.
      Matcher text = AS_TEXT.matcher(String.valueOf(cause.getMessage()));
      if (text.find()) {
        return Optional.of(text.group(1));
      }
    }
    return Optional.empty();
  }
}
