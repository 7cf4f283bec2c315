/** Training methods: what views a step has, what loss they give, and the network and optimiser that learn from it. */
package org.rtda.nn.pytorch.method;
