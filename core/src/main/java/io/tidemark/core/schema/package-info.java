/** Column types, and exact decoding of a source's values into them, without Spark. */
package io.tidemark.core.schema;
