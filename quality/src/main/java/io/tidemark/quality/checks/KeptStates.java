package io.tidemark.quality.checks;

/**
 * What is kept of a table between looks.
 *
 * @param files the states of its files
 * @param groups how its rows fall into groups
 */
record KeptStates(FileStates files, GroupStates groups) {}
