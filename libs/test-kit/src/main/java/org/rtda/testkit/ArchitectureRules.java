package org.rtda.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which part may use which, as rules that a test holds every module's classes to. A rule that finds no class to look at
 * fails, so a rule cannot hold because its package was renamed.
 */
public final class ArchitectureRules {
    /** Most classes of a package. */
    static final int CLASSES_OF_A_PACKAGE = 40;

    private static final List<String> SERVICES = List.of("augment", "attack", "trainer", "evaluator", "gateway");
    private static final String[] LIBRARIES = {
        "org.rtda.contracts..",
        "org.rtda.core..",
        "org.rtda.imaging..",
        "org.rtda.preparation..",
        "org.rtda.store..",
        "org.rtda.messaging..",
        "org.rtda.report..",
        "org.rtda.nn.."
    };
    /** What every worker service needs; the one library with CDI. */
    private static final String SERVICE_KIT = "org.rtda.service..";

    private static final String INCOMING = "org.eclipse.microprofile.reactive.messaging.Incoming";
    private static final String OUTGOING = "org.eclipse.microprofile.reactive.messaging.Outgoing";
    private static final String CHANNEL = "org.eclipse.microprofile.reactive.messaging.Channel";
    private static final String CHANNEL_CLASSES = ".*(Worker|Channels)";

    /** What other modules may use of nn-pytorch; the rest is public only for its own packages. */
    private static final Set<String> ENGINE_API = Set.of(
            "Attack",
            "AttackObjective",
            "AttackParameters",
            "Attacks",
            "Norm",
            "FrozenNetwork",
            "NonFiniteException",
            "TorchEngine",
            "TorchException",
            "AdamWStep",
            "BatchNormMode",
            "MethodSettings",
            "Methods",
            "Optimizer",
            "OptimizerStep",
            "SgdStep",
            "StepReport",
            "TrainableNetwork",
            "TrainingLabels",
            "TrainingMethod",
            "TrainingOptions",
            "TrainingState",
            "View");

    private ArchitectureRules() {}

    /** By name. */
    public static Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("only the store knows MinIO", onlyTheStoreKnowsMinio());
        rules.put("only the local stack knows its servers", onlyTheStackKnowsItsServers());
        rules.put("contracts depend on no sibling", dependsOn("org.rtda.contracts.."));
        rules.put("the core depends on no sibling", dependsOn("org.rtda.core.."));
        rules.put("imaging depends on no sibling", dependsOn("org.rtda.imaging.."));
        rules.put("only those who import read image files", onlyThoseWhoImportReadImageFiles());
        rules.put("the preparation depends on contracts, imaging and the store", thePreparation());
        rules.put("reports depend on no sibling", dependsOn("org.rtda.report.."));
        rules.put(
                "the store depends on contracts and the core",
                dependsOn("org.rtda.store..", "org.rtda.contracts..", "org.rtda.core.."));
        rules.put("messaging depends on contracts", dependsOn("org.rtda.messaging..", "org.rtda.contracts.."));
        rules.put("the attackers' engine depends on the core", dependsOn("org.rtda.nn.pytorch..", "org.rtda.core.."));
        rules.put("the judge's engine depends on the core", dependsOn("org.rtda.nn.onnx..", "org.rtda.core.."));
        rules.put("the service kit depends on contracts, store and messaging", theServiceKit());
        rules.put("libraries depend on no service", librariesDependOnNoService());
        rules.put("services depend on no other service", servicesDependOnNoOtherService());
        rules.put("evaluator and gateway do not run the attackers' engine", theJudgeDoesNotRunTheAttackersEngine());
        rules.put("no method is a channel", noChannelMethods());
        rules.put("channels are injected into workers and channels", channelParameters());
        rules.put("libraries are wired by others", librariesAreWiredByOthers());
        rules.put("only programs for people print", onlyProgramsForPeoplePrint());
        rules.put("nobody else uses the inside of evaluator and gateway", theInsideOfServicesStaysInside());
        rules.put("other modules use the interface of nn-pytorch", theInsideOfTheEngineStaysInside());
        rules.put("packages depend on one another in no circle", packagesAreFreeOfCycles());
        rules.put("a package has at most " + CLASSES_OF_A_PACKAGE + " classes", packagesAreSmall());
        rules.put("a class name stands in one module", namesAreUnique());
        return rules;
    }

    private static ArchRule onlyTheStoreKnowsMinio() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("org.rtda.store..", "org.rtda.access..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.minio..", "okhttp3..")
                .because(
                        "the object store is a port: exchanging its client must touch one module, and its accounts another");
    }

    private static ArchRule onlyTheStackKnowsItsServers() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("org.rtda.stack..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.rtda.stack..", "kafka.server..", "org.gaul..", "org.jclouds..")
                .because("the local stack is a process, never a library: its versions differ from the services'");
    }

    private static ArchRule onlyThoseWhoImportReadImageFiles() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.rtda.imaging..", "org.rtda.preparation..", "org.rtda.cli..", "org.rtda.gateway.dataset..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rtda.imaging..")
                .because("names and identifiers in files must reach nothing but what strips them");
    }

    private static ArchRule thePreparation() {
        return dependsOn("org.rtda.preparation..", "org.rtda.contracts..", "org.rtda.imaging..", "org.rtda.store..")
                .because("it makes data sets of files, and knows neither a terminal nor a service");
    }

    private static ArchRule librariesDependOnNoService() {
        return noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.concat(
                                Stream.of(SERVICE_KIT), SERVICES.stream().map(service -> "org.rtda." + service + ".."))
                        .toArray(String[]::new))
                .because("libraries know neither a service nor what wires services");
    }

    private static ArchRule theServiceKit() {
        return dependsOn(SERVICE_KIT, "org.rtda.contracts..", "org.rtda.store..", "org.rtda.messaging..")
                .because("it wires what all worker services share, and nothing that one of them has");
    }

    private static ArchRule servicesDependOnNoOtherService() {
        return slices().assignedFrom(new ByService())
                .should()
                .notDependOnEachOther()
                .because("services meet in the contracts, on topics");
    }

    private static ArchRule theJudgeDoesNotRunTheAttackersEngine() {
        return noClasses()
                .that()
                .resideInAnyPackage("org.rtda.evaluator..", "org.rtda.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.rtda.nn.pytorch..", "ai.djl.pytorch..")
                .because("the exported model is judged on another engine, and attacked by the attack workers");
    }

    private static ArchRule noChannelMethods() {
        return noMethods()
                .should()
                .beAnnotatedWith(INCOMING)
                .orShould()
                .beAnnotatedWith(OUTGOING)
                .because(
                        "a channel that failed once stays failed: topics are read by TopicFollower, work is taken by WorkQueue");
    }

    private static ArchRule channelParameters() {
        DescribedPredicate<JavaCodeUnit> takingAChannel = DescribedPredicate.describe(
                "have a parameter that is annotated with @Channel",
                unit -> unit.getParameters().stream().anyMatch(parameter -> parameter.isAnnotatedWith(CHANNEL)));
        return codeUnits()
                .that(takingAChannel)
                .should()
                .beDeclaredInClassesThat()
                .haveNameMatching(CHANNEL_CLASSES)
                .because("what listens and what sends is found by its name");
    }

    private static ArchRule librariesAreWiredByOthers() {
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
                .because("libraries take what they need in their constructors; services and their kit wire them");
    }

    private static ArchRule onlyProgramsForPeoplePrint() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.rtda.cli..", "org.rtda.stack..", "org.rtda.benchmarks..", "org.rtda.faults..")
                .should(ACCESS_STANDARD_STREAMS)
                .because("libraries throw, workers log");
    }

    private static ArchRule theInsideOfServicesStaysInside() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("org.rtda.evaluator..", "org.rtda.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.rtda.evaluator..", "org.rtda.gateway..")
                .because("their classes are public only for the packages of the same service");
    }

    private static ArchRule theInsideOfTheEngineStaysInside() {
        DescribedPredicate<JavaClass> offered = DescribedPredicate.describe(
                "the interface of nn-pytorch",
                type -> ENGINE_API.contains(Packages.outermost(type).getSimpleName()));
        return noClasses()
                .that()
                .resideOutsideOfPackage("org.rtda.nn.pytorch..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.rtda.nn.pytorch..").and(not(offered)))
                .because("the rest is public only for the packages of the same library");
    }

    private static ArchRule packagesAreFreeOfCycles() {
        return slices().matching("org.rtda.(**)").should().beFreeOfCycles();
    }

    private static ArchRule packagesAreSmall() {
        return classes().should(Packages.haveAtMost(CLASSES_OF_A_PACKAGE));
    }

    private static ArchRule namesAreUnique() {
        return classes().should(Packages.haveNamesOfTheirOwn());
    }

    /** Of this project's classes, a library uses its own and those of the named ones. */
    private static ArchRule dependsOn(String library, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(library)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("org.rtda..")
                        .or(resideInAPackage(library))
                        .or(resideInAnyPackage(allowed)));
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
