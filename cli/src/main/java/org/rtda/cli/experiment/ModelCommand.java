package org.rtda.cli.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description =
                "Download an experiment's newest model as ONNX (input images: N x C x H x W in [0,1], output logits:"
                        + " N x classes), or its weights as safetensors.")
public final class ModelCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Parameters(paramLabel = "EXPERIMENT")
    private String experiment;

    @Option(
            names = "--weights",
            description = "save the weights instead of the model, to start another training from them")
    private boolean weights;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "file to write")
    private Path out;

    public ModelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        GatewayClient client = gateway.connect(terminal);
        byte[] content = weights ? client.weights(experiment) : client.model(experiment);
        save(out, content);
        terminal.out().println(out + ", " + content.length + " bytes");
        return 0;
    }

    public static void save(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new CommandFailure(
                    file + " cannot be written: " + e.getClass().getSimpleName().replace("Exception", "") + " "
                            + e.getMessage(),
                    e);
        }
    }
}
