/** Commands about experiments: train, follow, evaluate, cancel, results and models. */
package org.rtda.cli.experiment;
