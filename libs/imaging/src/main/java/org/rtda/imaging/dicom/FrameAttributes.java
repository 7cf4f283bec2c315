package org.rtda.imaging.dicom;

import java.util.List;
import java.util.Optional;

/**
 * Where the attributes of one frame stand: in its own functional group, in the one that all frames share (PS3.3 C.7.6.16), or in the
 * data set.
 */
record FrameAttributes(DataSet dataSet, int frame) {

    /** The group's item that has the attribute, or the data set where none has it. */
    DataSet having(Attribute group, Attribute attribute) {
        return own().flatMap(item -> item.item(group))
                .filter(item -> item.has(attribute))
                .or(() -> dataSet.item(Attribute.SHARED_FUNCTIONAL_GROUPS_SEQUENCE)
                        .flatMap(item -> item.item(group))
                        .filter(item -> item.has(attribute)))
                .orElse(dataSet);
    }

    private Optional<DataSet> own() {
        List<DataSet> items = dataSet.items(Attribute.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        return frame < items.size() ? Optional.of(items.get(frame)) : Optional.empty();
    }
}
