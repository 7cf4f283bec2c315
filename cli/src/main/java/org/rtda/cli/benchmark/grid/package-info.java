/** The grid: its cells, their state on disk, and what a run costs. */
package org.rtda.cli.benchmark.grid;
