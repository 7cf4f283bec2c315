package org.rtda.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.OptionNames;
import org.rtda.preparation.PatientHashes.Said;

class PatientHashesTest {
    private static final Said SEVEN_OF_NORTH = Said.byFile("7", "7 north");
    private static final Said SEVEN_OF_SOUTH = Said.byFile("7", "7 south");
    private static final Said SEVEN_WITHOUT_ISSUER = Said.byFile("7", "7");

    private static String[] hashes(List<Said> images) {
        return PatientHashes.of(images, i -> "file " + i, OptionNames.COMMAND_LINE);
    }

    @Test
    void issuersKeepTwoPatientsOfOneIdentifierApart() {
        assertThat(hashes(List.of(SEVEN_OF_NORTH, SEVEN_OF_SOUTH, SEVEN_OF_NORTH)))
                .containsExactly("7 north", "7 south", "7 north");
    }

    @Test
    void whereOneImageNamesNoIssuerAllWithTheIdentifierAreOnePatient() {
        assertThat(hashes(List.of(SEVEN_OF_NORTH, SEVEN_WITHOUT_ISSUER, SEVEN_OF_SOUTH)))
                .containsExactly("7", "7", "7");
    }

    @Test
    void otherIdentifiersAndImagesOfNobodyAreLeftAsTheyAre() {
        assertThat(hashes(List.of(SEVEN_WITHOUT_ISSUER, Said.byFile("8", "8 north"), Said.NOTHING)))
                .containsExactly("7", "8 north", null);
    }

    @Test
    void aTablesIdentifierNamesNoIssuerSoAllWithItAreOnePatient() {
        assertThat(hashes(List.of(Said.byTable("7"), SEVEN_OF_NORTH))).containsExactly("7", "7");
    }

    @Test
    void whereATableNamesSomeFilesOfAPatientIdTheOthersAreTheSamePatients() {
        assertThat(hashes(List.of(
                        new Said("anna", "7", "7 north"), SEVEN_OF_NORTH, Said.byFile("8", "8 north"), SEVEN_OF_NORTH)))
                .containsExactly("anna", "anna", "8 north", "anna");
        // the second file has the same Patient ID without its issuer, so the issuer of the others does not count
        assertThat(hashes(List.of(new Said("anna", "7", "7 north"), SEVEN_WITHOUT_ISSUER, SEVEN_OF_SOUTH)))
                .containsExactly("anna", "anna", "anna");
    }

    @Test
    void twoPatientIdsThatATableGivesToOnePatientAreOne() {
        assertThat(hashes(List.of(
                        new Said("anna", "7", "7"),
                        new Said("anna", "8", "8"),
                        SEVEN_WITHOUT_ISSUER,
                        Said.byFile("8", "8"))))
                .containsExactly("anna", "anna", "anna", "anna");
    }

    @Test
    void aTableMayPartOnePatientIdWhereItNamesEveryFile() {
        List<Said> divided =
                List.of(new Said("anna", "7", "7"), new Said("bert", "7", "7"), new Said("anna", "8", "8"));

        assertThat(hashes(divided)).containsExactly("anna", "bert", "anna");
        assertThat(PatientHashes.divided(divided)).as("Patient ID 7").isOne();
        assertThat(PatientHashes.divided(List.of(new Said("anna", "7", "7"), SEVEN_WITHOUT_ISSUER)))
                .isZero();
    }

    @Test
    void aFileOfAPatientIdThatATablePartsIsRefusedWhereNobodySaysWhoseItIs() {
        assertThatThrownBy(() ->
                        hashes(List.of(new Said("anna", "7", "7"), new Said("bert", "7", "7"), SEVEN_WITHOUT_ISSUER)))
                .isInstanceOf(InvalidSourceException.class)
                .hasMessageStartingWith("whose images 1 files are cannot be known, the first is file 2:");
    }
}
