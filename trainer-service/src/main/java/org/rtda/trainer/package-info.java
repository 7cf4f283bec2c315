/**
 * Owns an experiment: plans its steps, asks the workers for the views that its method needs, takes the optimiser steps,
 * saves checkpoints. It alone knows the method.
 */
package org.rtda.trainer;
