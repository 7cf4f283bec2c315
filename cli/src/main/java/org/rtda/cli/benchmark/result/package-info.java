/** Results of cells, and the statistics over them. */
package org.rtda.cli.benchmark.result;
