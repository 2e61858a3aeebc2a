package io.tidemark.quality.report;

import io.tidemark.core.check.Verdict;
import io.tidemark.quality.page.Html;

/** How a verdict looks: always its word, and a colour besides. */
final class Look {
  private Look() {}

  /** The stylesheet's class for a verdict. */
  static String of(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "pass";
      case NOT_YET -> "notyet";
      case WARN -> "warn";
      case FAIL -> "fail";
    };
  }

  /** The verdict's word in its colour. */
  static Html badge(Verdict verdict) {
    return Html.element("span", verdict.word()).looking("badge " + of(verdict));
  }
}
