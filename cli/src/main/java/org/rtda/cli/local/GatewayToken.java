package org.rtda.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.rtda.cli.terminal.CommandFailure;

/** The token by which this command line signs in at a gateway. It is never an argument, which every user of a machine sees. */
public final class GatewayToken {
    private static final String VARIABLE = "RTDA_TOKEN";

    private GatewayToken() {}

    /** @return the variable's; empty when it is not set */
    public static Optional<String> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> checked(VARIABLE, text));
    }

    static String of(Path file) {
        try {
            return checked(file.toString(), Files.readString(file).strip());
        } catch (IOException e) {
            throw new CommandFailure("the token file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The text itself is never told. */
    private static String checked(String source, String text) {
        if (!text.matches("[\\x21-\\x7e]+")) {
            throw new CommandFailure(
                    "the token in " + source + " must be one word, as rtda token create prints it, was " + text.length()
                            + " characters with blanks, line breaks or letters that no token has");
        }
        return text;
    }
}
