/** MongoDB's values as Extended JSON writes them, version 1 and 2, canonical and relaxed. */
package io.tidemark.core.schema.bson;
