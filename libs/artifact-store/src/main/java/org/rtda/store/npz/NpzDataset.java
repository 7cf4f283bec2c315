package org.rtda.store.npz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.store.DatasetSource;
import org.rtda.store.InvalidDatasetException;
import org.rtda.store.OpenDataset;
import org.rtda.store.SplitImages;

/**
 * A data set in NumPy files in the layout of MedMNIST: {@code train_images}, {@code train_labels}, and likewise {@code val} and
 * {@code test}; images N x H x W, N x H x W x 1 or N x H x W x 3, sides 8 to 1024; labels whole numbers, N or N x 1. Images are
 * uint8, or float in [0,1] where {@code scale} says that these are to become 0 to 255.
 *
 * @param npz the file with train, val and test
 * @param shifts by label: files with {@code test_images} and {@code test_labels}, which become the splits {@code shift-LABEL};
 *     other arrays in them are left alone
 * @param scale whether float images are multiplied by 255 and rounded, halves up
 */
public record NpzDataset(NpzSource npz, Map<String, NpzSource> shifts, boolean scale) implements DatasetSource {
    public NpzDataset {
        Check.present("npz", npz);
        shifts = new TreeMap<>(shifts);
        shifts.keySet().forEach(label -> Check.name("shift", label));
    }

    /** A file that is called as it lies, of uint8 images. */
    public static NpzDataset of(Path npz) {
        return of(npz, Map.of());
    }

    /** A file of uint8 images. */
    public static NpzDataset of(NpzSource npz) {
        return new NpzDataset(npz, Map.of(), false);
    }

    /** Files that are called as they lie, of uint8 images. */
    public static NpzDataset of(Path npz, Map<String, Path> shifts) {
        Map<String, NpzSource> named = new TreeMap<>();
        shifts.forEach((label, file) -> named.put(label, NpzSource.of(file)));
        return new NpzDataset(NpzSource.of(npz), named, false);
    }

    /** With these external test sets in place of others. */
    public NpzDataset withShifts(Map<String, NpzSource> external) {
        return new NpzDataset(npz, external, scale);
    }

    public NpzDataset withScale(boolean scaled) {
        return new NpzDataset(npz, shifts, scaled);
    }

    @Override
    public String name() {
        return npz.name();
    }

    @Override
    public OpenDataset open() {
        List<NpzFile> open = new ArrayList<>();
        try {
            Map<String, SplitImages> splits = new LinkedHashMap<>();
            NpzFile main = opened(npz, open);
            String mainSha256 = sha256(npz);
            for (String split : SplitNames.OWN) {
                splits.put(split, NpzSplit.of(main, split, mainSha256, scale));
            }
            shifts.forEach((label, source) -> splits.put(
                    SplitNames.ofShift(label),
                    NpzSplit.of(opened(source, open), SplitNames.TEST, sha256(source), scale)));
            return new Open(splits, List.copyOf(open));
        } catch (RuntimeException e) {
            open.forEach(NpzFile::close);
            throw e;
        }
    }

    private static NpzFile opened(NpzSource source, List<NpzFile> open) {
        NpzFile file = NpzFile.open(source);
        open.add(file);
        return file;
    }

    private static String sha256(NpzSource source) {
        try (InputStream content = Files.newInputStream(source.path())) {
            MessageDigest digest = Sha256.digest();
            byte[] chunk = new byte[1 << 16];
            for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            // the reason may hold the path of an upload, which its owner has never seen
            throw new InvalidDatasetException(
                    source.name() + " cannot be read to its end; was it removed or cut off?", e);
        }
    }

    private record Open(Map<String, SplitImages> splits, List<NpzFile> files) implements OpenDataset {
        @Override
        public void close() {
            files.forEach(NpzFile::close);
        }
    }
}
