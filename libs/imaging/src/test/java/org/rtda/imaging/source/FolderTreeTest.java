package org.rtda.imaging.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
    @TempDir
    private Path folder;

    @Test
    void whatSystemsLeaveBehindIsNotEntered() throws IOException {
        for (String path : new String[] {"b/2.png", "a/1.png", "lost+found/3.png", ".Trash-0/4.png", "a/Thumbs.db"}) {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.createFile(folder.resolve(path));
        }
        // a circle in a folder that is not entered is none
        Files.createSymbolicLink(folder.resolve(".Trash-0/circle"), folder);

        assertThat(FolderTree.of(folder).paths()).containsExactly("a/1.png", "b/2.png");
    }

    @Test
    void aLinkThatPointsAtNothingIsAFileThatCannotBeRead() throws IOException {
        Files.createFile(folder.resolve("1.png"));
        Files.createSymbolicLink(folder.resolve("2.png"), folder.resolve("../annex/2.png"));

        FolderTree tree = FolderTree.of(folder);

        assertThat(tree.paths()).containsExactly("1.png", "2.png");
        assertThatThrownBy(() -> tree.read("2.png", 10))
                .hasMessage("is a link to a file that is not there; get the file, or remove the link");
    }

    @Test
    void linksAreFollowedAndACircleIsRefused() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createFile(elsewhere.resolve("1.png"));
        Path images = Files.createDirectories(folder.resolve("images"));
        Files.createSymbolicLink(images.resolve("ill"), elsewhere);
        assertThat(FolderTree.of(images).paths()).containsExactly("ill/1.png");

        Path circle = Files.createSymbolicLink(images.resolve("circle"), images);
        assertThatThrownBy(() -> FolderTree.of(images))
                .isInstanceOf(InvalidSourceException.class)
                .hasMessage(circle + " is a link to a folder that it lies in");
    }
}
