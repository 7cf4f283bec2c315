package org.rtda.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The options of a local stack.
 *
 * @param data folder that holds the broker's log and the store's objects; made when absent
 * @param kafkaPort 0 picks a free one
 * @param s3Port 0 picks a free one
 * @param kafkaProxyPorts where proxies listen; the broker gets a listener more for each, whose clients it sends there
 * @param kafkaKeystore PKCS#12 with the key of a listener that asks its clients who they are; there is none without it
 * @param keystorePassword empty without a keystore
 * @param kafkaSettings of the broker, by name; each in place of the local stack's own of that name
 * @param readyFile gets the ready line as well
 * @param parent process that this one must not outlive
 * @param deleteData remove the data folder at exit
 */
record ServerOptions(
        Path data,
        int kafkaPort,
        int s3Port,
        List<Integer> kafkaProxyPorts,
        Optional<Path> kafkaKeystore,
        String keystorePassword,
        Map<String, String> kafkaSettings,
        Optional<Path> readyFile,
        OptionalLong parent,
        boolean deleteData,
        String accessKey,
        String secretKey) {

    static final String ACCESS_KEY = "RTDA_S3_ACCESS_KEY";
    static final String SECRET_KEY = "RTDA_S3_SECRET_KEY";
    static final String KEYSTORE_PASSWORD = "RTDA_KEYSTORE_PASSWORD";
    static final String USAGE = "usage: --data DIR [--kafka-port N] [--s3-port N] [--kafka-proxy-port N]..."
            + " [--kafka-keystore FILE] [--kafka-setting NAME=VALUE]... [--ready-file FILE] [--exit-with-parent PID]"
            + " [--delete-data], with "
            + ACCESS_KEY
            + " and " + SECRET_KEY + " (and " + KEYSTORE_PASSWORD + " where there is a keystore) in the environment";

    static ServerOptions parse(String[] arguments, Map<String, String> environment) {
        Path data = null;
        int kafkaPort = 0;
        int s3Port = 0;
        List<Integer> kafkaProxyPorts = new ArrayList<>();
        Optional<Path> kafkaKeystore = Optional.empty();
        Map<String, String> kafkaSettings = new HashMap<>();
        Optional<Path> readyFile = Optional.empty();
        OptionalLong parent = OptionalLong.empty();
        boolean deleteData = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--data" -> data = Path.of(value(arguments, ++i)).toAbsolutePath();
                case "--kafka-port" -> kafkaPort = port(arguments, ++i);
                case "--s3-port" -> s3Port = port(arguments, ++i);
                case "--kafka-proxy-port" -> kafkaProxyPorts.add((int) number(arguments, ++i, 1, 65535));
                case "--kafka-keystore" ->
                    kafkaKeystore = Optional.of(Path.of(value(arguments, ++i)).toAbsolutePath());
                case "--kafka-setting" -> {
                    String setting = value(arguments, ++i);
                    int equals = setting.indexOf('=');
                    if (equals < 1) {
                        throw new StackFailure("--kafka-setting must be NAME=VALUE, was " + setting);
                    }
                    kafkaSettings.put(setting.substring(0, equals), setting.substring(equals + 1));
                }
                case "--ready-file" -> readyFile = Optional.of(Path.of(value(arguments, ++i)));
                case "--exit-with-parent" -> parent = OptionalLong.of(number(arguments, ++i, 1, Long.MAX_VALUE));
                case "--delete-data" -> deleteData = true;
                default -> throw new StackFailure("unknown option " + arguments[i] + "; " + USAGE);
            }
        }
        if (data == null) {
            throw new StackFailure("--data is missing; " + USAGE);
        }
        return new ServerOptions(
                data,
                kafkaPort,
                s3Port,
                List.copyOf(kafkaProxyPorts),
                kafkaKeystore,
                kafkaKeystore.isPresent() ? secret(environment, KEYSTORE_PASSWORD) : "",
                Map.copyOf(kafkaSettings),
                readyFile,
                parent,
                deleteData,
                secret(environment, ACCESS_KEY),
                secret(environment, SECRET_KEY));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "StackOptions[" + data + ", kafka " + kafkaPort + ", s3 " + s3Port + "]";
    }

    private static String value(String[] arguments, int index) {
        if (index >= arguments.length) {
            throw new StackFailure(arguments[index - 1] + " needs a value; " + USAGE);
        }
        return arguments[index];
    }

    private static int port(String[] arguments, int index) {
        return (int) number(arguments, index, 0, 65535);
    }

    private static long number(String[] arguments, int index, long lowest, long highest) {
        String text = value(arguments, index);
        String wanted =
                arguments[index - 1] + " must be a whole number in [" + lowest + ", " + highest + "], was " + text;
        try {
            long number = Long.parseLong(text);
            if (number < lowest || number > highest) {
                throw new StackFailure(wanted);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new StackFailure(wanted, e);
        }
    }

    private static String secret(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new StackFailure("the environment variable " + name + " is not set; " + USAGE);
        }
        return value;
    }
}
