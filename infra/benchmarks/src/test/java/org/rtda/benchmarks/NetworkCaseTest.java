package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCaseTest {
    @Test
    void aGpuIsMeasuredAtTheSizeOfThePaperAndACpuOnlyWhereItIsAskedTo() {
        assertThat(names("cpu")).containsExactly("resnet20-28", "resnet18-28", "resnet20-64", "resnet18-64");
        assertThat(names("gpu")).containsExactly("resnet50-224", "wide-resnet-50-2-224");
        assertThat(names("cpu", "resnet50-224")).containsExactly("resnet50-224");
        assertThat(names("gpu", "resnet20-28")).containsExactly("resnet20-28");
    }

    @Test
    void everyCaseIsOfANetworkThatTakesItsImages() {
        for (String device : List.of("cpu", "gpu")) {
            assertThat(NetworkCase.chosen(setting(device)))
                    .allSatisfy(each -> assertThat(each.architecture().name()).isEqualTo(each.network()));
        }
    }

    private static List<String> names(String device, String... cases) {
        return NetworkCase.chosen(setting(device, cases)).stream()
                .map(NetworkCase::name)
                .toList();
    }

    private static Setting setting(String device, String... cases) {
        return new Setting(Path.of("."), Path.of("."), 1, 0, false, List.of(cases), "sh", device);
    }
}
