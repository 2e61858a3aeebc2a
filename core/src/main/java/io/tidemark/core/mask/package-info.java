/** What a pipeline file says about columns whose values must not be stored, without Spark. */
package io.tidemark.core.mask;
