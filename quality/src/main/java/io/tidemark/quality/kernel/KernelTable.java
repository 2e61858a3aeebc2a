package io.tidemark.quality.kernel;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.tidemark.core.error.Errors;
import io.tidemark.core.schema.LakeField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * One version of a Delta table, read with Delta Kernel: deletion vectors, column mapping and
 * partitions are respected, no Spark is involved. Not thread-safe.
 */
public final class KernelTable {
  private final String path;
  private final Engine engine;
  private final Snapshot snapshot;
  private final StructType schema;

  private KernelTable(String path, Engine engine, Snapshot snapshot) {
    this.path = path;
    this.engine = engine;
    this.snapshot = snapshot;
    this.schema = snapshot.getSchema(engine);
  }

  /**
   * The newest version of the table at a path; later versions do not change what is read.
   *
   * @param path a folder or a Hadoop URI
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is no Delta table, 4
   *     if its file system does not answer
   */
  public static KernelTable newest(String path) {
    Engine engine = DefaultEngine.create(new Configuration());
    try {
      return new KernelTable(path, engine, Table.forPath(engine, path).getLatestSnapshot(engine));
    } catch (TableNotFoundException e) {
      throw Errors.configuration(
          "Cannot read %s: there is no Delta table".formatted(path),
          "Check the lake's path; a table appears with its first merge ('tidemark merge')");
    } catch (KernelException e) {
      throw unreadable(path, e);
    }
  }

  /** The version that is read. */
  public long version() {
    return snapshot.getVersion(engine);
  }

  /**
   * All columns, in order.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if one has a type that no
   *     Tidemark table has
   */
  public List<LakeField> columns() {
    return KernelTypes.fields(schema, path);
  }

  /**
   * Hands on every live row, in no particular order. Values are of the classes that {@link
   * io.tidemark.core.schema.LakeType} names, or null.
   *
   * @param columns the columns to read, in the order of the values; only these are read from disk
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if a file cannot be read
   */
  public void forEachRow(List<String> columns, Consumer<Object[]> row) {
    List<io.delta.kernel.types.StructField> fields = new ArrayList<>();
    for (String column : columns) {
      if (schema.indexOf(column) < 0) {
        throw new IllegalArgumentException("There is no column '%s' in %s".formatted(column, path));
      }
      fields.add(schema.get(column));
    }
    try {
      scan(new StructType(fields), row);
    } catch (IOException | KernelException e) {
      throw unreadable(path, e);
    }
  }

  private void scan(StructType columns, Consumer<Object[]> row) throws IOException {
    Scan scan = snapshot.getScanBuilder(engine).withReadSchema(engine, columns).build();
    Row state = scan.getScanState(engine);
    try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
      while (files.hasNext()) {
        try (CloseableIterator<Row> entries = files.next().getRows()) {
          while (entries.hasNext()) {
            read(state, entries.next(), row);
          }
        }
      }
    }
  }

  private void read(Row state, Row file, Consumer<Object[]> row) throws IOException {
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(engine, state);
    FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
    try (CloseableIterator<ColumnarBatch> data =
            engine
                .getParquetHandler()
                .readParquetFiles(single(status), physical, Optional.empty());
        CloseableIterator<FilteredColumnarBatch> batches =
            Scan.transformPhysicalData(engine, state, file, data)) {
      while (batches.hasNext()) {
        rows(batches.next(), row);
      }
    }
  }

  private static void rows(FilteredColumnarBatch batch, Consumer<Object[]> row) {
    ColumnarBatch data = batch.getData();
    Optional<ColumnVector> selected = batch.getSelectionVector();
    int width = data.getSchema().length();
    for (int i = 0; i < data.getSize(); i++) {
      if (selected.isPresent() && (selected.get().isNullAt(i) || !selected.get().getBoolean(i))) {
        continue;
      }
      Object[] values = new Object[width];
      for (int column = 0; column < width; column++) {
        values[column] = KernelValues.at(data.getColumnVector(column), i);
      }
      row.accept(values);
    }
  }

  private static CloseableIterator<FileStatus> single(FileStatus file) {
    Iterator<FileStatus> one = List.of(file).iterator();
    return new CloseableIterator<>() {
      @Override
      public boolean hasNext() {
        return one.hasNext();
      }

      @Override
      public FileStatus next() throws NoSuchElementException {
        return one.next();
      }

      @Override
      public void close() {}
    };
  }

  private static RuntimeException unreadable(String path, Exception cause) {
    return Errors.unavailable(
        "Cannot read %s with Delta Kernel: %s".formatted(path, cause.getMessage()),
        "Check that the lake can be reached and that no upkeep has removed files of this version",
        cause);
  }
}
