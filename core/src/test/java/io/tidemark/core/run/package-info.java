/** Tests of run records and of what all steps share. */
package io.tidemark.core.run;
