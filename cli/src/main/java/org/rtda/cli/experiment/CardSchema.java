package org.rtda.cli.experiment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.rtda.cli.terminal.CommandFailure;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Checks a card against the published schema of its format, with the JDK and without the network. */
final class CardSchema {
    private static final String SIGNATURES = "http://www.w3.org/2000/09/xmldsig#";

    /** The schema allows a signature, which a card of ours has not; any content will do for it. */
    private static final String ANY_SIGNATURE = "<xs:schema xmlns:xs=\"" + XMLConstants.W3C_XML_SCHEMA_NS_URI
            + "\" targetNamespace=\"" + SIGNATURES + "\"><xs:element name=\"Signature\"/></xs:schema>";

    private CardSchema() {}

    /** @throws CommandFailure when the card is not valid, or the schema cannot be read */
    static void check(byte[] card, Path schema) {
        Validator validator = validator(schema);
        try {
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            validator.validate(new StreamSource(new ByteArrayInputStream(card)));
        } catch (SAXParseException e) {
            throw new CommandFailure(
                    "the card is not what " + schema + " allows, line " + e.getLineNumber() + ": " + e.getMessage(), e);
        } catch (SAXException | IOException e) {
            throw new CommandFailure("the card cannot be checked: " + e.getMessage(), e);
        }
    }

    private static Validator validator(Path schema) {
        if (!Files.isReadable(schema)) {
            throw new CommandFailure("there is no file " + schema);
        }
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            // the first of a namespace counts: the import of the second is not loaded
            return factory.newSchema(new Source[] {
                        new StreamSource(new StringReader(ANY_SIGNATURE)), new StreamSource(schema.toFile())
                    })
                    .newValidator();
        } catch (SAXException e) {
            throw new CommandFailure(schema + " is not an XML schema: " + e.getMessage(), e);
        }
    }
}
