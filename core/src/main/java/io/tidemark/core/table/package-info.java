/** Tables of the lake behind one small interface; the only package that touches Delta. */
package io.tidemark.core.table;
