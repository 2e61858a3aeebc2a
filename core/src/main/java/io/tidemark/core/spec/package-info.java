/** The pipeline file: YAML parsed once into validated records, without Spark. */
package io.tidemark.core.spec;
