package io.tidemark.quality.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A whole page in one file: it loads nothing and runs nothing, and its reader's browser is told to
 * let nothing else happen.
 *
 * @param title what the browser shows
 * @param body the children of the page's body
 */
public record HtmlPage(String title, Html body) {
  private static final String STYLESHEET = "page.css";

  /** The page as text, to be written in UTF-8. */
  public String text() {
    StringBuilder page = new StringBuilder(1 << 16);
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta http-equiv=\"Content-Security-Policy\"")
        .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<meta name=\"color-scheme\" content=\"light dark\"><title>");
    Html.text(title).writeTo(page);
    page.append("</title>\n<style>\n").append(stylesheet()).append("</style></head>\n<body>");
    body.writeTo(page);
    return page.append("</body></html>\n").toString();
  }

  private static String stylesheet() {
    try (InputStream in = HtmlPage.class.getResourceAsStream(STYLESHEET)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
