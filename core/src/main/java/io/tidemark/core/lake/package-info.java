/** The layout of a lake, and who owns it. */
package io.tidemark.core.lake;
