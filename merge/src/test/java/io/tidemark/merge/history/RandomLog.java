package io.tidemark.merge.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What may arrive of one key: any changes at any places of the log, also such as no sound source
 * would send, some of them several times.
 *
 * @param deliveries changes and truncates in the order of the log
 */
record RandomLog(List<Object> deliveries) {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  static RandomLog of(Random random) {
    List<Object> deliveries = new ArrayList<>();
    boolean punctual = random.nextBoolean();
    long lsn = 0;
    for (int places = 1 + random.nextInt(10); places > 0; places--) {
      lsn += 1 + random.nextInt(2);
      Instant time = time(random, punctual, lsn);
      int dice = random.nextInt(20);
      if (dice < 2) {
        for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
          deliveries.add(Timeline.truncate(lsn, deliveries.size(), time));
        }
      } else if (dice == 2) {
        deliveries.add(Timeline.snapshot(lsn, time));
        if (random.nextBoolean()) {
          String read = "n" + random.nextInt(2);
          deliveries.add(Timeline.change("r", lsn, deliveries.size(), time, read, "b0"));
        }
      } else if (dice < 5) {
        several(random, lsn, time, deliveries);
      } else {
        String op = dice < 9 ? "d" : dice < 14 ? "r" : "u";
        String name = "n" + random.nextInt(2);
        boolean logged = op.equals("r") || random.nextInt(3) > 0;
        String body = logged ? "b" + random.nextInt(2) : "?";
        for (int copies = random.nextInt(4) == 0 ? 2 : 1; copies > 0; copies--) {
          deliveries.add(change(op, lsn, deliveries.size(), time, name, body));
        }
      }
    }
    return new RandomLog(deliveries);
  }

  /** A source whose places are coarse: several changes at one, each sent once. */
  private static void several(Random random, long lsn, Instant time, List<Object> deliveries) {
    int deleteAt = random.nextInt(4);
    for (int i = 0; i < 3; i++) {
      String op = i == deleteAt ? "d" : "u";
      String body = random.nextInt(3) == 0 ? "?" : "b" + random.nextInt(2);
      deliveries.add(change(op, lsn, deliveries.size(), time, "several" + i, body));
    }
  }

  private static Object change(
      String op, long lsn, long offset, Instant time, String name, String body) {
    boolean ends = op.equals("d");
    return Timeline.change(op, lsn, offset, time, ends ? null : name, ends ? null : body);
  }

  private static Instant time(Random random, boolean punctual, long lsn) {
    if (punctual) {
      return T0.plusSeconds(lsn);
    }
    return random.nextInt(12) == 0 ? null : T0.plusSeconds(random.nextInt(10));
  }
}
