package org.rtda.imaging.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.rtda.imaging.ImageFacts;
import org.rtda.imaging.PatientKey;

/** What of a data set may leave the reader, {@link ImageFacts}, and the only place that looks at the patient's identifier. */
final class DicomFacts {
    private static final Set<String> SIDES = Set.of("L", "R", "B", "U");

    /** PS3.3 C.8.1.3.1 and CID 4014's short names, and what writers use besides; other text could be anything. */
    private static final Set<String> VIEWS = Set.of(
            "AP", "PA", "LL", "RL", "RLD", "LLD", "RLO", "LLO", "LAT", "LATERAL", "OBLIQUE", "CC", "MLO", "ML", "LM",
            "LMO", "XCC", "XCCL", "XCCM", "FB", "SIO", "ISO", "CV", "AT");

    /** Long enough for every maker and model; DICOM's LO has 64 characters. */
    private static final int LONGEST_SCANNER = 130;

    private DicomFacts() {}

    static ImageFacts of(TransferSyntax syntax, DataSet dataSet, PatientKey key) {
        return new ImageFacts(
                "DICOM " + syntax.title(),
                key == null ? null : patientHash(dataSet, key),
                key == null ? null : patientIdHash(dataSet, key),
                scanner(dataSet),
                side(dataSet),
                view(dataSet));
    }

    private static String patientHash(DataSet dataSet, PatientKey key) {
        Charset charset = charset(dataSet);
        String id = text(dataSet, Attribute.PATIENT_ID, charset);
        return id.isBlank() ? null : key.hash(id, text(dataSet, Attribute.ISSUER_OF_PATIENT_ID, charset));
    }

    private static String patientIdHash(DataSet dataSet, PatientKey key) {
        String id = text(dataSet, Attribute.PATIENT_ID, charset(dataSet));
        return id.isBlank() ? null : key.hash(id);
    }

    private static String scanner(DataSet dataSet) {
        Charset charset = charset(dataSet);
        String both = text(dataSet, Attribute.MANUFACTURER, charset) + " "
                + text(dataSet, Attribute.MANUFACTURER_MODEL_NAME, charset);
        String plain = both.replaceAll("\\p{Cntrl}", " ").replaceAll(" +", " ").strip();
        return plain.isEmpty() ? null : plain.substring(0, Math.min(plain.length(), LONGEST_SCANNER));
    }

    /** The image's own side comes before the series'. */
    private static String side(DataSet dataSet) {
        String own = dataSet.code(Attribute.IMAGE_LATERALITY);
        String code = own.isEmpty() ? dataSet.code(Attribute.LATERALITY) : own;
        return SIDES.contains(code) ? code : null;
    }

    private static String view(DataSet dataSet) {
        String code = dataSet.code(Attribute.VIEW_POSITION);
        return VIEWS.contains(code) ? code : null;
    }

    private static String text(DataSet dataSet, Attribute attribute, Charset charset) {
        return dataSet.value(attribute).map(value -> value.text(charset)).orElse("");
    }

    /** UTF-8 where the file says so; otherwise every byte is a character, so that no two identifiers become one. */
    private static Charset charset(DataSet dataSet) {
        Optional<Value> named = dataSet.value(Attribute.SPECIFIC_CHARACTER_SET);
        boolean utf8 = named.isPresent()
                && named.get().text(StandardCharsets.ISO_8859_1).strip().equals("ISO_IR 192");
        return utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    }
}
