package org.rtda.cli.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardSchemaTest {
    @TempDir
    Path folder;

    private Path schema;

    /** Of one element and a signature that need not be, imported from a place that is never asked. */
    @BeforeEach
    void writeASchema() throws IOException {
        schema = Files.writeString(folder.resolve("card.xsd"), """
                <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
                    targetNamespace="urn:card" elementFormDefault="qualified">
                  <xs:import namespace="http://www.w3.org/2000/09/xmldsig#" schemaLocation="http://127.0.0.1:9/none.xsd"/>
                  <xs:element name="Card"><xs:complexType><xs:sequence>
                    <xs:element name="Name" type="xs:string"/>
                    <xs:element ref="ds:Signature" minOccurs="0"/>
                  </xs:sequence></xs:complexType></xs:element>
                </xs:schema>
                """);
    }

    private static byte[] card(String content) {
        return ("<Card xmlns=\"urn:card\">" + content + "</Card>").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aCardThatTheSchemaAllowsPasses() {
        assertThatCode(() -> CardSchema.check(card("<Name>a</Name>"), schema)).doesNotThrowAnyException();
    }

    @Test
    void aCardThatItDoesNotAllowIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> CardSchema.check(card("<Other/>"), schema))
                .hasMessageContaining("the card is not what " + schema + " allows, line 1")
                .hasMessageContaining("Other");
    }

    @Test
    void whatIsNoSchemaIsSaid() throws IOException {
        Path text = Files.writeString(folder.resolve("a.xsd"), "no schema");

        assertThatThrownBy(() -> CardSchema.check(card(""), text)).hasMessageContaining("is not an XML schema");
        assertThatThrownBy(() -> CardSchema.check(card(""), folder.resolve("none.xsd")))
                .hasMessageContaining("there is no file");
    }
}
