package org.rtda.imaging.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;

/**
 * Reads the elements of a data set (PS3.5 section 7). What {@link Attribute} does not list is stepped over by its length. Takes time
 * and memory in proportion to the file: every step goes forward by at least eight bytes, and nothing is copied.
 */
final class DataSetParser {
    private static final long UNDEFINED = 0xffff_ffffL;
    private static final int ITEM = 0xfffe_e000;
    private static final int END_OF_ITEM = 0xfffe_e00d;
    private static final int END_OF_SEQUENCE = 0xfffe_e0dd;

    /** Real files nest below ten. */
    private static final int DEEPEST = 32;

    /** Items of a file that are kept: many times the frames of the longest series. */
    private static final int MOST_ITEMS = 100_000;

    private final Bytes data;
    private final boolean explicit;
    private final int depth;
    private final AtomicInteger itemsKept;
    private long at;

    /** @param itemsKept of the whole file so far */
    private DataSetParser(Bytes data, boolean explicit, int depth, AtomicInteger itemsKept) {
        this.data = data;
        this.explicit = explicit;
        this.depth = depth;
        this.itemsKept = itemsKept;
        if (depth > DEEPEST) {
            throw UnreadableImageException.damaged("its sequences are nested deeper than " + DEEPEST);
        }
    }

    /** A whole data set, up to its pixels: nothing that matters may follow them. */
    static DataSet parse(Bytes data, Encoding encoding) {
        DataSetParser parser = new DataSetParser(encoding.ordered(data), encoding.explicit(), 0, new AtomicInteger());
        DataSet dataSet = new DataSet();
        while (parser.at < data.length() && !dataSet.has(Attribute.PIXEL_DATA) && dataSet.fragments() == null) {
            parser.element(dataSet);
        }
        return dataSet;
    }

    /**
     * The file meta information (PS3.10 section 7.1).
     *
     * @param dataSet takes its attributes
     * @return how long it is
     */
    static long parseMeta(Bytes data, DataSet dataSet) {
        DataSetParser parser = new DataSetParser(data.littleEndian(), true, 0, new AtomicInteger());
        while (parser.at + 8 <= data.length() && parser.data.u16(parser.at) == 2) {
            parser.element(dataSet);
        }
        return parser.at;
    }

    /** One element; tells whether it was the end of an item. */
    private boolean element(DataSet dataSet) {
        int tag = tag();
        if (tag == END_OF_ITEM) {
            at += 4;
            return true;
        }
        Attribute attribute = Attribute.of(tag);
        String representation = attribute == null ? "UN" : attribute.representation();
        String written = representation;
        long length;
        if (explicit && tag >>> 16 != 0xfffe) {
            written = Encoding.representation(data, at);
            boolean longLength = Encoding.hasLongLength(written);
            length = longLength ? data.u32(at + 4) : data.u16(at + 2);
            at += longLength ? 8 : 4;
        } else {
            length = data.u32(at);
            at += 4;
        }
        // UN is how a writer passes on what it does not know: the dictionary says more
        boolean unknown = written.equals("UN") || !Encoding.isKnown(written);
        boolean sequence = written.equals("SQ") || unknown && representation.equals("SQ");
        if (length == UNDEFINED) {
            undefinedLength(dataSet, attribute, unknown);
        } else {
            Bytes value = data.part(at, length);
            at += length;
            if (attribute != null && attribute.isSequence()) {
                if (!sequence) {
                    throw UnreadableImageException.damaged("its attribute " + attribute + " is not a sequence");
                }
                dataSet.put(
                        attribute,
                        new DataSetParser(ordered(value, unknown), explicit && !unknown, depth + 1, itemsKept)
                                .items(true, true));
            } else if (attribute != null) {
                dataSet.put(attribute, new Value(attribute, unknown ? representation : written, value));
            }
        }
        return false;
    }

    private void undefinedLength(DataSet dataSet, Attribute attribute, boolean unknown) {
        if (attribute == Attribute.PIXEL_DATA) {
            if (depth > 0) {
                fragments(); // of an icon
            } else {
                dataSet.put(fragments());
            }
            return;
        }
        boolean wanted = attribute != null && attribute.isSequence();
        // what is unknown and of undefined length is a sequence in implicit little endian (PS3.5 section 6.2.2)
        DataSetParser inner =
                new DataSetParser(ordered(data.after(at), unknown), explicit && !unknown, depth + 1, itemsKept);
        List<DataSet> items = inner.items(false, wanted);
        at += inner.at;
        if (wanted) {
            dataSet.put(attribute, items);
        }
    }

    private static Bytes ordered(Bytes value, boolean littleEndian) {
        return littleEndian ? value.littleEndian() : value;
    }

    /**
     * The items of a sequence.
     *
     * @param toTheEnd whether they fill these bytes; otherwise a delimiter ends them
     * @param wanted whether anybody asks for them; otherwise items of known length, which may hold anything, are stepped over
     */
    private List<DataSet> items(boolean toTheEnd, boolean wanted) {
        List<DataSet> items = new ArrayList<>();
        while (!toTheEnd || at < data.length()) {
            int tag = tag();
            long length = data.u32(at);
            at += 4;
            if (tag == END_OF_SEQUENCE) {
                break;
            }
            if (tag != ITEM) {
                throw UnreadableImageException.damaged("a sequence holds something that is not an item");
            }
            if (length == UNDEFINED) {
                DataSet item = openItem();
                if (wanted) {
                    keep(item, items);
                }
            } else if (wanted) {
                keep(closedItem(length), items);
            } else {
                data.part(at, length);
                at += length;
            }
        }
        return items;
    }

    private void keep(DataSet item, List<DataSet> items) {
        if (itemsKept.incrementAndGet() > MOST_ITEMS) {
            throw UnreadableImageException.damaged("its sequences hold more than " + MOST_ITEMS + " items");
        }
        items.add(item);
    }

    private DataSet closedItem(long length) {
        DataSetParser inner = new DataSetParser(data.part(at, length), explicit, depth + 1, itemsKept);
        DataSet item = new DataSet();
        while (inner.at < length) {
            inner.element(item);
        }
        at += length;
        return item;
    }

    private DataSet openItem() {
        DataSetParser inner = new DataSetParser(data.after(at), explicit, depth + 1, itemsKept);
        DataSet item = new DataSet();
        while (!inner.element(item)) {
            // until its delimiter
        }
        at += inner.at;
        return item;
    }

    /** Encapsulated pixels (PS3.5 annex A.4): an offset table and the fragments. */
    private Fragments fragments() {
        List<Bytes> all = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        while (true) {
            long start = at;
            int tag = tag();
            long length = data.u32(at);
            at += 4;
            if (tag == END_OF_SEQUENCE) {
                break;
            }
            if (tag != ITEM || length == UNDEFINED) {
                throw UnreadableImageException.damaged("its compressed pixels are not in proper fragments");
            }
            positions.add(start);
            all.add(data.part(at, length));
            at += length;
        }
        return Fragments.of(all, positions);
    }

    private int tag() {
        int tag = data.u16(at) << 16 | data.u16(at + 2);
        at += 4;
        return tag;
    }
}
