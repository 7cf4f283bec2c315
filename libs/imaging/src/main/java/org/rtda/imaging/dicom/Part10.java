package org.rtda.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.rtda.imaging.ReadLimits;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;

/**
 * A DICOM file (PS3.10): its transfer syntax and its data set. Preamble and meta information may be missing, as in files of older
 * programs; the encoding is then seen in the first element.
 */
record Part10(TransferSyntax syntax, DataSet dataSet) {
    private static final int PREAMBLE = 128;
    private static final String PREFIX = "DICM";

    static boolean recognises(Bytes content) {
        return content.startsWith(PREAMBLE, PREFIX) || beginsWithElement(content);
    }

    static Part10 of(Bytes content, ReadLimits limits) {
        Bytes file = content.startsWith(PREAMBLE, PREFIX) ? content.after(PREAMBLE + PREFIX.length()) : content;
        DataSet meta = new DataSet();
        Bytes body = file.after(DataSetParser.parseMeta(file, meta));
        if (body.length() < 8) {
            throw UnreadableImageException.damaged("it ends after its meta information");
        }
        Optional<TransferSyntax> named = meta.value(Attribute.TRANSFER_SYNTAX_UID)
                .map(value -> TransferSyntax.of(value.text(StandardCharsets.ISO_8859_1)));
        if (named.isEmpty()) {
            return withoutSyntax(body);
        }
        TransferSyntax syntax = named.get();
        Bytes plain = syntax == TransferSyntax.DEFLATED ? inflated(body, limits.bytes()) : body;
        return new Part10(syntax, DataSetParser.parse(plain, Encoding.of(syntax, plain)));
    }

    private static Part10 withoutSyntax(Bytes body) {
        Encoding seen = Encoding.seenIn(body);
        TransferSyntax syntax = seen.littleEndian()
                ? seen.explicit() ? TransferSyntax.EXPLICIT_LITTLE_ENDIAN : TransferSyntax.IMPLICIT_LITTLE_ENDIAN
                : TransferSyntax.EXPLICIT_BIG_ENDIAN;
        return new Part10(syntax, DataSetParser.parse(body, seen));
    }

    /** Elements of group 2 or 8 come first; what follows must be a value representation or a length that fits. */
    private static boolean beginsWithElement(Bytes content) {
        if (content.length() < 8) {
            return false;
        }
        boolean little = isFirstGroup(content.littleEndian().u16(0));
        boolean big = isFirstGroup(content.bigEndian().u16(0));
        if (!little && !big) {
            return false;
        }
        if (Encoding.isKnown(Encoding.representation(content, 4))) {
            return true;
        }
        return little && content.littleEndian().u32(4) <= Math.min(64, content.length() - 8);
    }

    private static boolean isFirstGroup(int group) {
        return group == 0x0002 || group == 0x0008;
    }

    private static Bytes inflated(Bytes deflated, long most) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated.buffer());
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            byte[] block = new byte[1 << 16];
            while (!inflater.finished()) {
                int count = inflater.inflate(block);
                if (count == 0 && !inflater.finished()) {
                    throw UnreadableImageException.damaged("its deflated data set is cut off");
                }
                if (plain.size() + (long) count > most) {
                    throw new UnreadableImageException("The deflated data set grows beyond " + most
                            + " bytes; no more are read. Check where the file comes from.");
                }
                plain.write(block, 0, count);
            }
            return Bytes.of(plain.toByteArray());
        } catch (DataFormatException e) {
            throw UnreadableImageException.damaged("its deflated data set cannot be inflated");
        } finally {
            inflater.end();
        }
    }
}
