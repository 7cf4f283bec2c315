package org.rtda.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    @TempDir
    Path parent;

    @Test
    void whileTheFolderIsWrittenToItIsRemovedAllTheSame() throws Exception {
        TemporaryFolder busy = new TemporaryFolder(Files.createDirectory(parent.resolve("busy")));
        CountDownLatch begun = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; ; i++) {
                    Files.write(busy.path().resolve(i + ".part"), new byte[10]);
                    begun.countDown();
                }
            } catch (IOException gone) {
                begun.countDown();
            }
        });
        writer.start();
        begun.await();

        busy.close();
        writer.join();

        assertThat(busy.path()).doesNotExist();
        assertThatCode(busy::close).as("another thread removes it, too").doesNotThrowAnyException();
    }
}
