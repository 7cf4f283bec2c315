package org.rtda.store;

/**
 * Where an import's images come from: a port, so that the importer knows no format. {@link org.rtda.store.npz.NpzDataset} is one.
 */
public interface DatasetSource {

    /** What its owner calls it, without folders; public data sets are recognised by it. */
    String name();

    /**
     * Opens it and looks at all of it, so that what is opened can be read to its end.
     *
     * @throws InvalidDatasetException when it is no sound data set; the message names the file and says what is wrong
     */
    OpenDataset open();
}
