/** What an experiment or an evaluation is told to do: attacks, optimiser, augmentation, selection. */
package org.rtda.contracts.settings;
