/** The tidemark command: one class for each verb. */
package io.tidemark.cli;
