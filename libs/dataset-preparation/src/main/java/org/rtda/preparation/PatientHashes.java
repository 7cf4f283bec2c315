package org.rtda.preparation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.OptionNames;

/**
 * Which hash stands for the patient of each image of an import; no patient has two.
 *
 * <p>Two hospitals may give one identifier to two people, so a DICOM file's issuer is part of the hash, but only where every image with
 * that identifier names an issuer. Where one does not (a table's row, or a file without issuer), all images with the identifier count as
 * one patient's: joining two people makes a split stricter than it must be, parting one makes it wrong.
 *
 * <p>What a table or a path says goes before what the file says. Where it says so of some files of a Patient ID only, the others of that
 * Patient ID are the same patient's.
 */
final class PatientHashes {
    private PatientHashes() {}

    /**
     * What is said of an image's patient.
     *
     * @param named hash of what a table or a path says; null where neither does
     * @param identifier hash of the file's identifier alone; null where it has none
     * @param withIssuer hash of the file's identifier and issuer, the same as {@code identifier} where no issuer is named; null likewise
     */
    record Said(String named, String identifier, String withIssuer) {
        static final Said NOTHING = new Said(null, null, null);

        static Said byTable(String named) {
            return new Said(named, null, null);
        }

        static Said byFile(String identifier, String withIssuer) {
            return new Said(null, identifier, withIssuer);
        }
    }

    /**
     * One an image, null where nobody says.
     *
     * @param paths what messages call an image
     * @param names of options, for messages
     * @throws InvalidSourceException when a table or the paths give files of one Patient ID to several patients, and say nothing of others with
     *     that Patient ID
     */
    static String[] of(List<Said> images, IntFunction<String> paths, OptionNames names) {
        String[] ofFiles = ofFiles(images);
        Map<String, Set<String>> namedByFile = namedByFile(images, ofFiles);
        String[] patients = new String[ofFiles.length];
        List<Integer> unclear = new ArrayList<>();
        for (int i = 0; i < patients.length; i++) {
            Set<String> known = ofFiles[i] == null ? Set.of() : namedByFile.getOrDefault(ofFiles[i], Set.of());
            if (images.get(i).named() != null) {
                patients[i] = images.get(i).named();
            } else if (known.size() > 1) {
                unclear.add(i);
            } else {
                patients[i] = known.isEmpty() ? ofFiles[i] : known.iterator().next();
            }
        }
        requireClear(unclear, paths, names);
        return patients;
    }

    /** How many patients, as the files say it, a table or the paths make several of. */
    static int divided(List<Said> images) {
        return (int) namedByFile(images, ofFiles(images)).values().stream()
                .filter(named -> named.size() > 1)
                .count();
    }

    /** What a table or the paths call each patient of the files. */
    private static Map<String, Set<String>> namedByFile(List<Said> images, String[] ofFiles) {
        Map<String, Set<String>> namedByFile = new HashMap<>();
        for (int i = 0; i < ofFiles.length; i++) {
            if (ofFiles[i] != null && images.get(i).named() != null) {
                namedByFile
                        .computeIfAbsent(ofFiles[i], absent -> new TreeSet<>())
                        .add(images.get(i).named());
            }
        }
        return namedByFile;
    }

    private static void requireClear(List<Integer> unclear, IntFunction<String> paths, OptionNames names) {
        if (!unclear.isEmpty()) {
            throw new InvalidSourceException(
                    "whose images " + unclear.size() + " files are cannot be known, the first is "
                            + paths.apply(unclear.get(0))
                            + ": other files with the same Patient ID are given to several patients, and these to none; say it of them,"
                            + " too (a column patient, " + names.of("patient-pattern") + ")");
        }
    }

    /** As the files say it, with issuers where all files of an identifier name one. */
    private static String[] ofFiles(List<Said> images) {
        Set<String> withoutIssuer = new HashSet<>();
        for (Said said : images) {
            if (said.identifier() != null && said.identifier().equals(said.withIssuer())) {
                withoutIssuer.add(said.identifier());
            }
            if (said.named() != null) {
                withoutIssuer.add(said.named());
            }
        }
        return images.stream()
                .map(said -> withoutIssuer.contains(said.identifier()) ? said.identifier() : said.withIssuer())
                .toArray(String[]::new);
    }
}
