package org.rtda.cli.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.card.CardFacts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "card",
        mixinStandardHelpOptions = true,
        description = {
            "Save an experiment's report with a model card that you fill, and the card as an XML file of the"
                    + " Coalition for Health AI (version 0.2).",
            "The gateway does not keep your facts, so give the file each time."
        })
public final class CardCommand implements Callable<Integer> {
    private static final Path FACTS = Path.of("FACTS.yaml");

    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private ReportParts parts;

    @Parameters(paramLabel = "EXPERIMENT")
    private String experiment;

    @Option(
            names = "--facts",
            paramLabel = "FACTS.yaml",
            description = "your statements about the model, one text for each item")
    private Path facts;

    @Option(
            names = "--template",
            description = "write an empty facts file (--facts, default FACTS.yaml) with a comment for each item")
    private boolean template;

    @Option(names = "--out", paramLabel = "FOLDER", description = "folder to write to (default: this one)")
    private Path out = Path.of("");

    @Option(
            names = "--schema",
            paramLabel = "FILE.xsd",
            description = "check the XML against the schema that the Coalition for Health AI publishes")
    private Path schema;

    public CardCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (template) {
            return writeTemplate(facts == null ? FACTS : facts);
        }
        CardFacts stated = facts == null ? CardFacts.NONE : FactsFile.read(facts);
        GatewayClient client = gateway.connect(terminal);
        byte[] card = client.card(experiment, stated);
        if (schema != null) {
            CardSchema.check(card, schema);
        }
        save(experiment + "-report.html", client.report(experiment, stated, parts.gallery(), parts.appendix()));
        save(experiment + "-card.xml", card);
        return 0;
    }

    private int writeTemplate(Path file) {
        if (Files.exists(file)) {
            throw new CommandFailure(file + " is there already: name another with --facts, or remove it");
        }
        ModelCommand.save(file, FactsTemplate.text(experiment).getBytes(StandardCharsets.UTF_8));
        terminal.out().println(file.toString());
        return 0;
    }

    private void save(String name, byte[] content) {
        Path file = out.resolve(name);
        ModelCommand.save(file, content);
        terminal.out().println(file + ", " + content.length + " bytes");
    }
}
