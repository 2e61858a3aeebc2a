/** The entry point. */
package io.tidemark;
