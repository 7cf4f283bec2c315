/** What is measured of a trainer and its steps: meters, traces, and how long a step waited for workers. */
package org.rtda.trainer.telemetry;
