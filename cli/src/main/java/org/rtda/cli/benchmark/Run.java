package org.rtda.cli.benchmark;

/** A cell that is done, and what it left. */
record Run(Cell cell, CellResult result) {}
