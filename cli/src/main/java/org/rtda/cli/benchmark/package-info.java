/** A grid of training runs, alike in all but data set, method, seed and attack strength, and what can be said of them. */
package org.rtda.cli.benchmark;
