package org.rtda.imaging.source;

/**
 * What cannot be used, and why.
 *
 * @param place a file's path below what was given, or a line of a table
 * @param reason what is wrong and what to do
 */
public record RefusedFile(String place, String reason) {
    @Override
    public String toString() {
        return place + ": " + reason;
    }
}
