/** Pages and published documents of a comparison. */
package org.rtda.cli.benchmark.page;
