package org.rtda.cli.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.dataset.SplitNames;

/** The gateway's data sets. Calls fail as those of {@link GatewayClient} do. */
public final class DatasetClient {
    private final GatewayConnection connection;

    DatasetClient(GatewayConnection connection) {
        this.connection = connection;
    }

    /** The latest import of each. */
    public List<DatasetManifest> list() {
        return connection.get(GatewayConnection.API + "/datasets", new TypeReference<>() {});
    }

    /** Every import of a data set, newest first. */
    public List<DatasetVersionEntry> versions(String name) {
        return connection.get(GatewayConnection.API + "/datasets/" + name + "/versions", new TypeReference<>() {});
    }

    /** Some images of a data set as a PNG file. */
    public byte[] samples(String name, String split, int perClass) {
        return connection.get(GatewayConnection.API + "/datasets/" + name + "/samples?split="
                + GatewayConnection.encoded(split) + "&perClass=" + perClass);
    }

    /**
     * Removes a data set.
     *
     * @param ended whether it goes although ended experiments were made from it
     * @throws GatewayRefusal 404 when there is none, 409 when an experiment needs it
     */
    public void delete(String name, boolean ended) {
        connection.delete(GatewayConnection.API + "/datasets/" + name + "?ended=" + ended);
    }

    /**
     * @param shifts external test sets by label
     * @param meaning what is said of the images
     */
    public DatasetManifest importNpz(String name, Path file, Map<String, Path> shifts, DatasetMeaning meaning) {
        return importNpz(name, file, shifts, meaning, false, null);
    }

    /**
     * As the shorter form, with what is known of each image.
     *
     * @param scale whether float images in [0,1] become 0 to 255
     * @param prepared null where nothing is known but the pixels
     */
    public DatasetManifest importNpz(
            String name,
            Path file,
            Map<String, Path> shifts,
            DatasetMeaning meaning,
            boolean scale,
            PreparedImages prepared) {
        Multipart form = new Multipart().field("name", name);
        meaning.addTo(form);
        if (scale) {
            form.field("scale", "true");
        }
        try {
            form.file("file", file);
            for (Map.Entry<String, Path> shift : shifts.entrySet()) {
                form.file(SplitNames.ofShift(shift.getKey()), shift.getValue());
            }
        } catch (FileNotFoundException e) {
            throw new CommandFailure("there is no file " + e.getMessage(), e);
        }
        if (prepared != null) {
            form.file("prepared", "prepared.json", EventCodec.write(prepared));
        }
        return connection.read(connection.upload(GatewayConnection.API + "/datasets", form), new TypeReference<>() {});
    }
}
