/** A gateway with much in its read model: experiments that somebody published, and those who ask for them. */
package org.rtda.benchmarks.readmodel;
