package org.rtda.benchmarks.measuring;

import java.util.List;

/** The ways to run the same work in PyTorch that this project is compared with. */
public enum PyTorchRival {
    EAGER("PyTorch, eager"),
    CHANNELS_LAST("PyTorch, channels last", "--channels-last"),
    /** {@code torch.compile} in its default mode, of the network and of the step of PGD. */
    COMPILED("PyTorch, compiled", "--compile"),
    COMPILED_CHANNELS_LAST("PyTorch, compiled, channels last", "--compile", "--channels-last"),
    /** Attacks only. */
    TORCHATTACKS("torchattacks PGDL2", "--by", "torchattacks");

    /** Those that train as well as attack. */
    public static final List<PyTorchRival> SCRIPTS = List.of(EAGER, CHANNELS_LAST, COMPILED, COMPILED_CHANNELS_LAST);

    /** Those that attack. */
    public static final List<PyTorchRival> ATTACKS = List.of(values());

    private final String title;
    private final List<String> arguments;

    PyTorchRival(String title, String... arguments) {
        this.title = title;
        this.arguments = List.of(arguments);
    }

    /** As in the table, for example {@code PyTorch, compiled}. */
    public String title() {
        return title;
    }

    /** What its script takes beside the settings of the work; see rivals/rival.py. */
    public List<String> arguments() {
        return arguments;
    }
}
