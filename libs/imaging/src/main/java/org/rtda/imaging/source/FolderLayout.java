package org.rtda.imaging.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rtda.imaging.split.Split;

/**
 * Folders that say what their images are: {@code class/*}, or {@code split/class/*} where every outermost folder is named like a
 * split. Below its class a file may lie in folders of its own. Where all lies in one outermost folder that is none of these, that one
 * is left out of account.
 */
final class FolderLayout {
    private FolderLayout() {}

    static ImageCollection of(FileTree files) {
        List<String> paths = files.paths();
        int skipped = wrappers(paths);
        boolean hasSplits = namesAreSplits(outermost(paths, skipped));
        int depth = skipped + (hasSplits ? 2 : 1);
        List<ImageEntry> entries = new ArrayList<>();
        List<RefusedFile> refused = new ArrayList<>();
        for (String path : paths) {
            String[] parts = path.split("/");
            if (parts.length <= depth) {
                refused.add(new RefusedFile(path, outside(path, hasSplits)));
                continue;
            }
            Split split = hasSplits ? Split.named(parts[skipped]).orElseThrow() : null;
            entries.add(new ImageEntry(path, parts[depth - 1], split, null, ImageAttributes.NONE));
        }
        if (entries.isEmpty()) {
            throw new InvalidSourceException(files.name()
                    + " holds no folder of images: there must be one folder a class, or folders train, val and test with one a"
                    + " class in each. To import by a table, name the table");
        }
        List<String> notes = new ArrayList<>();
        Set<String> outer = outermost(paths, skipped);
        Set<String> splitLike = outer.stream()
                .filter(name -> Split.named(name).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
        requireNothingBesideSplits(files.name(), outer, splitLike);
        if (!hasSplits && !splitLike.isEmpty()) {
            notes.add("the folders " + splitLike + " are taken for classes, since beside them " + rest(outer, splitLike)
                    + " are no splits");
        }
        if (!files.emptyFolders().isEmpty()) {
            notes.add("the folders " + files.emptyFolders() + " hold no file; one that should be a class is none");
        }
        return new ImageCollection("folder", false, files, entries, refused, notes);
    }

    /** Classes that are called train and test are splits with something else beside them: their images would get wrong labels. */
    private static void requireNothingBesideSplits(String name, Set<String> outer, Set<String> splitLike) {
        long splits = splitLike.stream().map(Split::named).distinct().count();
        if (splits > 1 && splitLike.size() < outer.size()) {
            throw new InvalidSourceException(name + " holds the splits " + splitLike + " and beside them "
                    + rest(outer, splitLike) + "; leave only the splits in it, with a folder for each class in each");
        }
    }

    private static Set<String> rest(Set<String> all, Set<String> without) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    private static String outside(String path, boolean hasSplits) {
        String lower = path.toLowerCase(java.util.Locale.ROOT);
        String table = lower.endsWith(".csv") || lower.endsWith(".tsv")
                ? "; where it is a table of the images, import by it: name it instead of the folder"
                : "";
        return "lies in no folder of a class" + (hasSplits ? " below a split" : "") + table;
    }

    /** How many outermost folders hold all the others and say nothing. */
    private static int wrappers(List<String> paths) {
        int skipped = 0;
        while (true) {
            int from = skipped;
            Set<String> outer = outermost(paths, from);
            boolean filesBeside =
                    paths.stream().anyMatch(path -> path.split("/").length <= from + 1 && isImageLike(path));
            boolean foldersBelow = paths.stream().anyMatch(path -> path.split("/").length > from + 2);
            boolean filesInIt =
                    paths.stream().anyMatch(path -> path.split("/").length == from + 2 && isImageLike(path));
            if (outer.size() != 1 || filesBeside || !foldersBelow || filesInIt || namesAreSplits(outer)) {
                return skipped;
            }
            skipped++;
        }
    }

    private static boolean isImageLike(String path) {
        String lower = path.toLowerCase(java.util.Locale.ROOT);
        return !Arrays.asList(".csv", ".tsv", ".txt", ".md", ".json", ".pdf", ".xlsx").stream()
                .anyMatch(lower::endsWith);
    }

    private static Set<String> outermost(List<String> paths, int skipped) {
        return paths.stream()
                .map(path -> path.split("/"))
                .filter(parts -> parts.length > skipped + 1)
                .map(parts -> parts[skipped])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean namesAreSplits(Set<String> names) {
        return !names.isEmpty()
                && names.stream().allMatch(name -> Split.named(name).isPresent());
    }
}
