package org.rtda.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which part may use which, as rules that a test holds every module's classes to. */
public final class ArchitectureRules {
    private static final List<String> SERVICES = List.of("augment", "attack", "trainer", "evaluator", "gateway");
    private static final String[] LIBRARIES = {
        "org.rtda.contracts..",
        "org.rtda.core..",
        "org.rtda.imaging..",
        "org.rtda.store..",
        "org.rtda.messaging..",
        "org.rtda.report..",
        "org.rtda.nn.."
    };
    private static final String INCOMING = "org.eclipse.microprofile.reactive.messaging.Incoming";
    private static final String OUTGOING = "org.eclipse.microprofile.reactive.messaging.Outgoing";
    private static final String CHANNEL = "org.eclipse.microprofile.reactive.messaging.Channel";
    private static final String CHANNEL_CLASSES = ".*(Worker|Channels)";

    private ArchitectureRules() {}

    public static List<ArchRule> all() {
        return Stream.of(
                        onlyTheStoreKnowsMinio(),
                        onlyTheStackKnowsItsServers(),
                        contractsDependOnNoSibling(),
                        coreDependsOnNoSibling(),
                        imagingDependsOnNoSibling(),
                        onlyTheCommandLineReadsImageFiles(),
                        reportsDependOnNoSibling(),
                        librariesDependOnNoService(),
                        servicesDependOnNoOtherService(),
                        theJudgeDoesNotRunTheAttackersEngine(),
                        channelsAreOnlyInWorkersAndChannels(),
                        fieldsOfChannelsAreOnlyInWorkersAndChannels(),
                        librariesAreWiredByOthers(),
                        onlyPeoplesProgramsPrint())
                .map(rule -> rule.allowEmptyShould(true))
                .toList();
    }

    /**
     * The compiled main classes of every module under the project's folder.
     *
     * @throws IllegalStateException when a module was not compiled: rules that see half of the classes would hold by luck
     */
    public static JavaClasses mainClasses(Path root) {
        try (Stream<Path> found = Files.walk(root, 4)) {
            List<Path> modules = found.filter(path -> path.endsWith("src/main/java"))
                    .map(path -> path.getParent().getParent().getParent())
                    .toList();
            for (Path module : modules) {
                if (!Files.isDirectory(module.resolve("target/classes/org/rtda"))) {
                    throw new IllegalStateException(module + " is not compiled; build all modules first");
                }
            }
            return new ClassFileImporter()
                    .importPaths(modules.stream()
                            .map(module -> module.resolve("target/classes"))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look through " + root, e);
        }
    }

    static ArchRule onlyTheStoreKnowsMinio() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("org.rtda.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.minio..", "okhttp3..")
                .because("the object store is a port: exchanging its client must touch one module");
    }

    static ArchRule onlyTheStackKnowsItsServers() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("org.rtda.stack..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.rtda.stack..", "kafka.server..", "org.gaul..", "org.jclouds..")
                .because("the local stack is a process, never a library: its versions differ from the services'");
    }

    static ArchRule contractsDependOnNoSibling() {
        return noSiblings("org.rtda.contracts..");
    }

    static ArchRule coreDependsOnNoSibling() {
        return noSiblings("org.rtda.core..");
    }

    static ArchRule imagingDependsOnNoSibling() {
        return noSiblings("org.rtda.imaging..");
    }

    static ArchRule onlyTheCommandLineReadsImageFiles() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("org.rtda.imaging..", "org.rtda.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rtda.imaging..")
                .because("files with names and identifiers in them are opened on the machine where they lie");
    }

    static ArchRule reportsDependOnNoSibling() {
        return noSiblings("org.rtda.report..");
    }

    static ArchRule librariesDependOnNoService() {
        return noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES.stream()
                        .map(service -> "org.rtda." + service + "..")
                        .toArray(String[]::new));
    }

    static ArchRule servicesDependOnNoOtherService() {
        return slices().assignedFrom(new ByService())
                .should()
                .notDependOnEachOther()
                .because("services meet in the contracts, on topics");
    }

    static ArchRule theJudgeDoesNotRunTheAttackersEngine() {
        return noClasses()
                .that()
                .resideInAnyPackage("org.rtda.evaluator..", "org.rtda.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.rtda.nn.pytorch..", "ai.djl.pytorch..")
                .because("the exported model is judged on another engine, and attacked by the attack workers");
    }

    static ArchRule channelsAreOnlyInWorkersAndChannels() {
        return methods()
                .that()
                .areAnnotatedWith(INCOMING)
                .or()
                .areAnnotatedWith(OUTGOING)
                .should()
                .beDeclaredInClassesThat()
                .haveNameMatching(CHANNEL_CLASSES)
                .because("what listens and what sends is found by its name");
    }

    static ArchRule fieldsOfChannelsAreOnlyInWorkersAndChannels() {
        return fields().that()
                .areAnnotatedWith(CHANNEL)
                .should()
                .beDeclaredInClassesThat()
                .haveNameMatching(CHANNEL_CLASSES)
                .because("what listens and what sends is found by its name");
    }

    static ArchRule librariesAreWiredByOthers() {
        return noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.enterprise..",
                        "jakarta.inject..",
                        "io.quarkus..",
                        "io.smallrye..",
                        "org.eclipse.microprofile..")
                .because("libraries take what they need in their constructors; services wire them");
    }

    static ArchRule onlyPeoplesProgramsPrint() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.rtda.cli..", "org.rtda.stack..", "org.rtda.benchmarks..", "org.rtda.faults..")
                .should(ACCESS_STANDARD_STREAMS)
                .because("libraries throw, workers log");
    }

    private static ArchRule noSiblings(String module) {
        return classes()
                .that()
                .resideInAPackage(module)
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage("org.rtda..")
                        .or(JavaClass.Predicates.resideInAPackage(module)));
    }

    private static final class ByService implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SERVICES.stream()
                    .filter(service -> (javaClass.getPackageName() + ".").startsWith("org.rtda." + service + "."))
                    .findFirst()
                    .map(SliceIdentifier::of)
                    .orElse(SliceIdentifier.ignore());
        }

        @Override
        public String getDescription() {
            return "services";
        }
    }
}
