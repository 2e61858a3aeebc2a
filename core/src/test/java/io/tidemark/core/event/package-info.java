/** Tests of the words of change events. */
package io.tidemark.core.event;
