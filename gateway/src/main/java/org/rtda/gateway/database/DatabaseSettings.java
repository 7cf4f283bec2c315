package org.rtda.gateway.database;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;

/**
 * @param url of JDBC: {@code jdbc:h2:file:PATH}, for one gateway, or {@code jdbc:postgresql://HOST:PORT/DATABASE}, for any number
 * @param connections at most so many at once
 */
public record DatabaseSettings(String url, String user, String password, int connections) {
    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final Duration OF_A_SERVER = Duration.ofSeconds(5);
    private static final Duration OF_A_FILE = Duration.ofMinutes(1);
    private static final Pattern FILE = Pattern.compile("jdbc:h2:file:([^;]+).*");

    public DatabaseSettings {
        Check.present("rtda.database.url", url);
        if (!url.startsWith(H2) && !url.startsWith(POSTGRESQL)) {
            throw new InvalidFieldException(
                    "rtda.database.url",
                    withoutSecrets(url),
                    "jdbc:h2:file:PATH or jdbc:postgresql://HOST:PORT/DATABASE");
        }
        Check.inRange("rtda.database.connections", connections, 2, 1000);
    }

    /** Whether the database is a part of this process, so that no other gateway can use it. */
    public boolean isEmbedded() {
        return url.startsWith(H2);
    }

    /**
     * So long a connection is waited for. The pool then interrupts the thread that opens it, and an interrupt closes the file of an embedded
     * database under everybody: of such a one more patience is had.
     */
    Duration acquisitionTimeout() {
        return isEmbedded() ? OF_A_FILE : OF_A_SERVER;
    }

    /** Where an embedded database lies, without the ending of its file; empty of one in memory, and of a server. */
    Optional<Path> file() {
        Matcher found = FILE.matcher(url);
        return found.matches()
                ? Optional.of(Path.of(found.group(1).replaceFirst("^~", System.getProperty("user.home"))))
                : Optional.empty();
    }

    /** Without passwords: of the settings, in front of the host, and in options. */
    @Override
    public String toString() {
        return withoutSecrets(url);
    }

    private static String withoutSecrets(String address) {
        return address.replaceAll("[;?].*", "").replaceAll("//[^/@]*@", "//...@");
    }
}
