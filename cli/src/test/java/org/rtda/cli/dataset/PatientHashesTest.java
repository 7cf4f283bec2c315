package org.rtda.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.cli.dataset.PatientHashes.Said;

class PatientHashesTest {
    private static final Said SEVEN_OF_NORTH = new Said("7", "7 north");
    private static final Said SEVEN_OF_SOUTH = new Said("7", "7 south");
    private static final Said SEVEN_WITHOUT_ISSUER = new Said("7", "7");

    @Test
    void issuersKeepTwoPatientsOfOneIdentifierApart() {
        assertThat(PatientHashes.of(List.of(SEVEN_OF_NORTH, SEVEN_OF_SOUTH, SEVEN_OF_NORTH)))
                .containsExactly("7 north", "7 south", "7 north");
    }

    @Test
    void whereOneImageNamesNoIssuerAllWithTheIdentifierAreOnePatient() {
        assertThat(PatientHashes.of(List.of(SEVEN_OF_NORTH, SEVEN_WITHOUT_ISSUER, SEVEN_OF_SOUTH)))
                .containsExactly("7", "7", "7");
    }

    @Test
    void otherIdentifiersAndImagesOfNobodyAreLeftAsTheyAre() {
        assertThat(PatientHashes.of(List.of(SEVEN_WITHOUT_ISSUER, new Said("8", "8 north"), Said.NOTHING)))
                .containsExactly("7", "8 north", null);
    }
}
