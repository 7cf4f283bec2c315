package org.rtda.gateway.report;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML elements, one on each line, indented. The JDK's XML writer escapes every text. */
final class CardXml {
    /** Writes the content of an element. */
    interface Content {
        void write() throws XMLStreamException;
    }

    private final XMLStreamWriter out;
    private int depth;

    CardXml(XMLStreamWriter out) {
        this.out = out;
    }

    void document(String namespace, String root, Content content) throws XMLStreamException {
        out.writeStartDocument("UTF-8", "1.0");
        out.writeCharacters("\n");
        out.writeStartElement(root);
        out.writeDefaultNamespace(namespace);
        depth++;
        content.write();
        depth--;
        out.writeCharacters("\n");
        out.writeEndElement();
        out.writeCharacters("\n");
        out.writeEndDocument();
        out.flush();
    }

    void inside(String element, Content content) throws XMLStreamException {
        indent();
        out.writeStartElement(element);
        depth++;
        content.write();
        depth--;
        indent();
        out.writeEndElement();
    }

    void text(String element, String text) throws XMLStreamException {
        indent();
        out.writeStartElement(element);
        out.writeCharacters(text);
        out.writeEndElement();
    }

    private void indent() throws XMLStreamException {
        out.writeCharacters("\n" + "  ".repeat(depth));
    }
}
