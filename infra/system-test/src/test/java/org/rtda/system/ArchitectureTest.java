package org.rtda.system;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.testkit.ArchitectureRules;

class ArchitectureTest {
    private static JavaClasses classes;

    @BeforeAll
    static void readAllModules() {
        classes = ArchitectureRules.mainClasses(Path.of(System.getProperty("rtda.root")));
    }

    @ParameterizedTest
    @MethodSource("org.rtda.testkit.ArchitectureRules#all")
    void everyModuleKeepsTheRules(ArchRule rule) {
        rule.check(classes);
    }
}
