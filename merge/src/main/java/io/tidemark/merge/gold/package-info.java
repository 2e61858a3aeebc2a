/** Keeps declared marts up to date with silver. */
package io.tidemark.merge.gold;
