/** Tells of what is not as it should be: once when it begins, and once when it is over. */
package io.tidemark.quality.alert;
