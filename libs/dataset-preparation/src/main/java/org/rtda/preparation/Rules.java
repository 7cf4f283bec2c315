package org.rtda.preparation;

/**
 * What an import takes that it would refuse by itself.
 *
 * @param strict whether one file that cannot be used ends the import
 * @param sharedPatients whether given splits may part a patient
 * @param duplicates whether a picture may be in two splits with two labels
 */
public record Rules(boolean strict, boolean sharedPatients, boolean duplicates) {}
