/** Runs the stages of a pipeline, once or until they are stopped, and reports each step. */
package io.tidemark.cli.run;
