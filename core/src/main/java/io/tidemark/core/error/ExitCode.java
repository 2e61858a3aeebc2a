package io.tidemark.core.error;

/** How a Tidemark process ends; the numbers are a contract with schedulers and never change. */
public enum ExitCode {
  /** Everything asked for was done. */
  DONE(0),
  /** An error nobody foresaw: a bug in Tidemark or in what it runs on. */
  UNEXPECTED(1),
  /**
   * The command line, the pipeline file or the lake's owner is wrong; running it again changes
   * nothing.
   */
  CONFIGURATION(2),
  /** A quality gate failed, or the lake differs from its source. */
  QUALITY(3),
  /** The source, the lake or the network did not answer; running it again later may help. */
  UNAVAILABLE(4),
  /** Going on would lose or misorder data; stopped before harm. */
  DATA_LOSS(5),
  /** Finished, with more rows dead-lettered or quarantined than the pipeline allows. */
  BAD_ROWS(6);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number the operating system sees. */
  public int code() {
    return code;
  }
}
