package org.rtda.imaging;

/**
 * What a file says about its image and may leave this machine. Nothing else of a file's attributes is kept: no name, number,
 * date, sex, age, institution or unique identifier.
 *
 * @param format what the file is, in words for people: "PNG", "DICOM JPEG Lossless"; never null
 * @param patientHash {@link PatientKey#hash(String, String)} of the patient's identifier, 64 hexadecimal digits; null where the
 *     file has none or no key was given
 * @param patientIdHash {@link PatientKey#hash(String)} of the identifier alone, without who gave it; null likewise
 * @param scanner manufacturer and model, as "MANUFACTURER MODEL"; null where the file does not say
 * @param laterality the side of the body: "L", "R", "B" (both) or "U" (unpaired); null where the file does not say
 * @param view how the body was turned to the device, DICOM's View Position: "AP", "CC", "MLO"; null where the file does not
 *     say, or says something that is no view
 */
public record ImageFacts(
        String format, String patientHash, String patientIdHash, String scanner, String laterality, String view) {

    public ImageFacts {
        if (format == null || format.isBlank()) {
            throw new IllegalArgumentException("format must name what the file is, was " + format);
        }
    }

    /** Of a file that says nothing but what it is: every picture. */
    public static ImageFacts of(String format) {
        return new ImageFacts(format, null, null, null, null, null);
    }
}
