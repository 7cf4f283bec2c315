package org.rtda.cli.dataset;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.TextTable;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.dataset.SplitNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "datasets", mixinStandardHelpOptions = true, description = "List the imported data sets.")
public final class DatasetsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    public DatasetsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<DatasetManifest> all = gateway.connect(terminal).datasets().list();
        json.write(terminal, all);
        if (!json.takesOutput()) {
            if (all.isEmpty()) {
                terminal.out().println("no data set is imported (rtda import NAME PATH)");
                return 0;
            }
            TextTable table = new TextTable("data set", "images", "modality", "classes", "healthy", "licence");
            all.forEach(manifest -> table.row(
                    manifest.name(),
                    inWords(manifest),
                    orNothing(manifest.modality()),
                    classes(manifest),
                    healthy(manifest),
                    orNothing(manifest.licence())));
            terminal.out().println(table.text());
        }
        return 0;
    }

    /** For example {@code 1 x 28 x 28, train 546, val 78, test 156}. */
    public static String inWords(DatasetManifest manifest) {
        return manifest.channels() + " x " + manifest.height() + " x " + manifest.width() + ", "
                + inOrder(manifest).stream()
                        .map(split -> split.getKey() + " " + split.getValue().count())
                        .collect(Collectors.joining(", "));
    }

    /** Train, val, test, then the shifts by name. */
    static List<Map.Entry<String, DatasetManifest.Split>> inOrder(DatasetManifest manifest) {
        return manifest.splits().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, DatasetManifest.Split> split) ->
                                SplitNames.OWN.contains(split.getKey())
                                        ? SplitNames.OWN.indexOf(split.getKey())
                                        : SplitNames.OWN.size())
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    private static String classes(DatasetManifest manifest) {
        return manifest.classes().size() > 4
                ? manifest.classes().size() + " classes"
                : String.join(", ", manifest.classes());
    }

    private static String healthy(DatasetManifest manifest) {
        return HealthyClass.of(manifest)
                .map(healthy -> manifest.classes().get(healthy.label()) + (healthy.assumed() ? " (assumed)" : ""))
                .orElse("");
    }

    private static String orNothing(String text) {
        return text == null ? "" : text;
    }
}
