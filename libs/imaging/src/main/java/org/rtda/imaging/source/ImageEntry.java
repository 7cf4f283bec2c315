package org.rtda.imaging.source;

import org.rtda.imaging.split.Split;

/**
 * An image file and what is said of it.
 *
 * @param path of the file below its folder or archive, with {@code /}
 * @param label its class, by name
 * @param split null where nobody says
 * @param patient the patient's identifier as it was given, which must not leave this machine; null where nobody says
 * @param attributes subgroups
 */
public record ImageEntry(String path, String label, Split split, String patient, ImageAttributes attributes) {

    ImageEntry withPatient(String identifier) {
        return new ImageEntry(path, label, split, identifier, attributes);
    }
}
