/**
 * The training loop inside one process: the services' own classes joined by calls instead of topics. What the distributed
 * run is compared with, in exactness tests and in benchmarks.
 */
package org.rtda.benchmarks;
