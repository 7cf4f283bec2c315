package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.attack.broken.AttackUsesTrainer;
import org.rtda.broken.one.CircleOne;
import org.rtda.broken.two.CircleTwo;
import org.rtda.cli.broken.UsesEngineInside;
import org.rtda.cli.broken.UsesEvaluator;
import org.rtda.contracts.broken.ContractUsesCore;
import org.rtda.core.broken.CoreUsesReport;
import org.rtda.core.broken.PrintsToTheTerminal;
import org.rtda.evaluator.broken.EvaluatorUsesEngine;
import org.rtda.evaluator.broken.HiddenListener;
import org.rtda.gateway.broken.GatewayUsesImaging;
import org.rtda.imaging.broken.ImagingUsesCore;
import org.rtda.messaging.broken.MessagingUsesCore;
import org.rtda.messaging.broken.WiresItself;
import org.rtda.nn.onnx.broken.ExportUsesEngine;
import org.rtda.nn.pytorch.attack.broken.EngineInside;
import org.rtda.nn.pytorch.broken.EngineUsesStore;
import org.rtda.preparation.broken.PreparationUsesCore;
import org.rtda.report.broken.ReportUsesCore;
import org.rtda.service.broken.KitUsesTrainer;
import org.rtda.stack.broken.StackServer;
import org.rtda.store.broken.StoreUsesTrainer;
import org.rtda.testkit.ArchitectureRules;
import org.rtda.testkit.ProjectClasses;
import org.rtda.trainer.broken.UsesMinio;
import org.rtda.trainer.broken.UsesStack;

class ArchitectureTest {
    private static final Map<String, ArchRule> RULES = ArchitectureRules.all();
    private static final Map<String, JavaClasses> BREAKING = breaking();

    private static JavaClasses classes;

    @BeforeAll
    static void readAllModules() {
        classes = ProjectClasses.of(Path.of(System.getProperty("rtda.root")));
    }

    static Set<String> rules() {
        return RULES.keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyModuleKeepsTheRule(String rule) {
        RULES.get(rule).check(classes);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleFailsOnAClassThatBreaksIt(String rule) {
        assertThat(BREAKING).containsKey(rule);

        assertThat(RULES.get(rule).evaluate(BREAKING.get(rule)).hasViolation()).isTrue();
    }

    @Test
    void theRulesSeeClassesOfEveryModule() {
        Set<String> seen = classes.stream()
                .map(type -> type.getPackageName().split("\\.", 4)[2])
                .collect(Collectors.toSet());

        assertThat(seen)
                .contains(
                        "contracts",
                        "core",
                        "store",
                        "imaging",
                        "preparation",
                        "messaging",
                        "service",
                        "report",
                        "nn",
                        "testkit",
                        "stack",
                        "augment",
                        "attack",
                        "trainer",
                        "evaluator",
                        "gateway",
                        "cli",
                        "access",
                        "benchmarks",
                        "faults");
    }

    /** For each rule classes that break it. */
    private static Map<String, JavaClasses> breaking() {
        Map<String, JavaClasses> breaking = new HashMap<>();
        breaking.put("only the store knows MinIO", of(UsesMinio.class));
        breaking.put("only the local stack knows its servers", of(UsesStack.class, StackServer.class));
        breaking.put("contracts depend on no sibling", of(ContractUsesCore.class));
        breaking.put("the core depends on no sibling", of(CoreUsesReport.class));
        breaking.put("imaging depends on no sibling", of(ImagingUsesCore.class));
        breaking.put("only those who import read image files", of(GatewayUsesImaging.class, ImagingUsesCore.class));
        breaking.put("the preparation depends on contracts, imaging and the store", of(PreparationUsesCore.class));
        breaking.put("reports depend on no sibling", of(ReportUsesCore.class));
        breaking.put("the store depends on contracts and the core", of(StoreUsesTrainer.class, UsesMinio.class));
        breaking.put("messaging depends on contracts", of(MessagingUsesCore.class));
        breaking.put("the attackers' engine depends on the core", of(EngineUsesStore.class, StoreUsesTrainer.class));
        breaking.put("the judge's engine depends on the core", of(ExportUsesEngine.class, EngineInside.class));
        breaking.put(
                "the service kit depends on contracts, store and messaging", of(KitUsesTrainer.class, UsesMinio.class));
        breaking.put("libraries depend on no service", of(StoreUsesTrainer.class, UsesMinio.class));
        breaking.put("services depend on no other service", of(AttackUsesTrainer.class, UsesMinio.class));
        breaking.put(
                "evaluator and gateway do not run the attackers' engine",
                of(EvaluatorUsesEngine.class, EngineInside.class));
        breaking.put("no method is a channel", of(HiddenListener.class));
        breaking.put("channels are injected into workers and channels", of(HiddenListener.class));
        breaking.put("libraries are wired by others", of(WiresItself.class));
        breaking.put("only programs for people print", of(PrintsToTheTerminal.class));
        breaking.put(
                "nobody else uses the inside of evaluator and gateway",
                of(UsesEvaluator.class, EvaluatorUsesEngine.class));
        breaking.put("other modules use the interface of nn-pytorch", of(UsesEngineInside.class, EngineInside.class));
        breaking.put("packages depend on one another in no circle", of(CircleOne.class, CircleTwo.class));
        breaking.put(
                "a package has at most 40 classes", new ClassFileImporter().importPackages("org.assertj.core.error"));
        breaking.put(
                "a class name stands in one module",
                of(org.rtda.broken.one.Twin.class, org.rtda.broken.two.Twin.class));
        return breaking;
    }

    private static JavaClasses of(Class<?>... types) {
        return new ClassFileImporter().importClasses(types);
    }
}
