package io.tidemark.core.event.log;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A global transaction identifier: whose transaction it is, and its number among that source's.
 *
 * <p>MySQL writes {@code uuid:number}, or {@code uuid:tag:number} from 8.3 on; a server has one
 * UUID for life. MariaDB writes {@code domain-server-number}; the number goes on when another
 * server of the domain becomes primary, so the domain alone is the source. (MySQL manual "GTID
 * Format and Storage"; MariaDB documentation "Global Transaction ID".)
 *
 * @param source within which numbers rise
 * @param transaction the transaction's number
 */
public record Gtid(String source, long transaction) {
  private static final Pattern MYSQL =
      Pattern.compile("([0-9a-fA-F-]{36}(?::\\w+)?):([0-9]{1,18})");
  private static final Pattern MARIADB = Pattern.compile("([0-9]+)-[0-9]+-([0-9]{1,18})");

  /** The identifier in a source block; empty if the text is none. */
  public static Optional<Gtid> parse(String text) {
    Matcher mysql = MYSQL.matcher(text);
    if (mysql.matches()) {
      return Optional.of(new Gtid(mysql.group(1), Long.parseLong(mysql.group(2))));
    }
    Matcher mariadb = MARIADB.matcher(text);
    return mariadb.matches()
        ? Optional.of(new Gtid("domain " + mariadb.group(1), Long.parseLong(mariadb.group(2))))
        : Optional.empty();
  }
}
