package org.rtda.cli.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which hash stands for the patient of each image of an import. Two hospitals may give one identifier to two people, so a DICOM
 * file's issuer is part of the hash, but only where every image with that identifier names an issuer. Where one does not (a table's
 * row, or a file without issuer), all images with the identifier count as one patient's: joining two people makes a split stricter
 * than it must be, parting one makes it wrong.
 */
final class PatientHashes {
    private PatientHashes() {}

    /**
     * What is said of an image's patient.
     *
     * @param identifier hash of the identifier alone; null where nobody says whose the image is
     * @param withIssuer hash of identifier and issuer, the same as {@code identifier} where no issuer is named; null likewise
     */
    record Said(String identifier, String withIssuer) {
        static final Said NOTHING = new Said(null, null);
    }

    /** One an image, null where nobody says. */
    static String[] of(List<Said> images) {
        Set<String> withoutIssuer = new HashSet<>();
        for (Said said : images) {
            if (said.identifier() != null && said.identifier().equals(said.withIssuer())) {
                withoutIssuer.add(said.identifier());
            }
        }
        return images.stream()
                .map(said -> withoutIssuer.contains(said.identifier()) ? said.identifier() : said.withIssuer())
                .toArray(String[]::new);
    }
}
