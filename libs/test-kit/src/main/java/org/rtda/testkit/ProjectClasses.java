package org.rtda.testkit;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The compiled main classes of every module that the root POM names. */
public final class ProjectClasses {
    private static final String SOURCES = "src/main/java";

    private ProjectClasses() {}

    /** @throws IllegalStateException when a module was not compiled: rules that see half of the classes would hold by luck */
    public static JavaClasses of(Path root) {
        List<Path> classes = modulesWithSources(root).stream()
                .map(module -> module.resolve("target/classes"))
                .toList();
        for (Path folder : classes) {
            if (!Files.isDirectory(folder.resolve("org/rtda"))) {
                throw new IllegalStateException(folder + " has no compiled classes; build all modules first");
            }
        }
        return new ClassFileImporter().importPaths(classes);
    }

    static List<Path> modulesWithSources(Path root) {
        return modules(root.resolve("pom.xml")).stream()
                .map(root::resolve)
                .filter(module -> Files.isDirectory(module.resolve(SOURCES)))
                .toList();
    }

    private static List<String> modules(Path pom) {
        try {
            NodeList modules = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getElementsByTagName("module");
            return IntStream.range(0, modules.getLength())
                    .mapToObj(each -> modules.item(each).getTextContent().strip())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pom, e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("cannot parse " + pom, e);
        }
    }
}
