package io.tidemark.merge.log;

import static scala.collection.JavaConverters.seqAsJavaList;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.sql.execution.SparkPlanInfo;
import org.apache.spark.sql.execution.ui.SparkListenerDriverAccumUpdates;
import org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveExecutionUpdate;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import scala.Tuple2;

/** Watches what Spark brings to the driver as one side of a join: it keeps no account of that. */
public final class Broadcasts extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final Set<Long> sizes = ConcurrentHashMap.newKeySet();
  private final AtomicLong largest = new AtomicLong();

  /** Watches from now on. */
  public Broadcasts(SparkContext spark) {
    this.spark = spark;
    spark.addSparkListener(this);
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof SparkListenerSQLExecutionStart start) {
      remember(start.sparkPlanInfo());
    } else if (event instanceof SparkListenerSQLAdaptiveExecutionUpdate update) {
      remember(update.sparkPlanInfo());
    } else if (event instanceof SparkListenerDriverAccumUpdates updates) {
      for (Tuple2<Object, Object> update : seqAsJavaList(updates.accumUpdates())) {
        if (sizes.contains((Long) update._1())) {
          largest.accumulateAndGet((Long) update._2(), Math::max);
        }
      }
    }
  }

  private void remember(SparkPlanInfo plan) {
    if (plan.nodeName().equals("BroadcastExchange")) {
      seqAsJavaList(plan.metrics()).stream()
          .filter(metric -> metric.name().equals("data size"))
          .forEach(metric -> sizes.add(metric.accumulatorId()));
    }
    seqAsJavaList(plan.children()).forEach(this::remember);
  }

  /** The bytes of the largest hash table so far; 0 if there was none. */
  public long largest() throws TimeoutException {
    spark.listenerBus().waitUntilEmpty();
    return largest.get();
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
