/** Tests of the layout and the owner of a lake. */
package io.tidemark.core.lake;
