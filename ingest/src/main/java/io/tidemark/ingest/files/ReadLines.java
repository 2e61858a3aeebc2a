package io.tidemark.ingest.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Reads the lines of files, one file a task. */
final class ReadLines implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  static final StructType FILE =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("length", DataTypes.LongType)
          .add("modified", DataTypes.TimestampType);

  static final String LINE = "line";

  static final StructType LINES =
      new StructType()
          .add("file", DataTypes.StringType)
          .add(LINE, DataTypes.LongType)
          .add("bytes", DataTypes.BinaryType)
          .add("ending", DataTypes.StringType)
          .add("problem", DataTypes.StringType);

  private final SerializableConfiguration hadoop;

  ReadLines(SerializableConfiguration hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> files) {
    return new Rows(files);
  }

  private final class Rows implements Iterator<Row> {
    private final Iterator<Row> files;
    private EventFile file;
    private InputStream in;
    private FileLines lines;

    Rows(Iterator<Row> files) {
      this.files = files;
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close());
    }

    @Override
    public boolean hasNext() {
      while (lines == null || !lines.hasNext()) {
        if (lines != null) {
          close();
          FileBytes.requirePlanned(file, hadoop.value());
          lines = null;
        }
        if (!files.hasNext()) {
          return false;
        }
        open(files.next());
      }
      return true;
    }

    private void open(Row row) {
      file = new EventFile(row.getString(0), row.getLong(1), row.getAs(2));
      in = FileBytes.open(file, hadoop.value());
      lines = new FileLines(in);
    }

    private void close() {
      try {
        if (in != null) {
          in.close();
          in = null;
        }
      } catch (IOException e) {
        throw new UnreadableFileException("Cannot close " + file, e);
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      FileLine line = lines.next();
      return RowFactory.create(
          file.path(), line.number(), line.bytes(), line.ending().name(), line.problem());
    }
  }
}
