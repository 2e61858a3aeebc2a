/**
 * The tidemark command: finds the verb. Verbs are below, one package for each task, and what they
 * have in common is in {@code verb}. Only {@code recover} is here, which carries out other verbs.
 */
package io.tidemark.cli;
