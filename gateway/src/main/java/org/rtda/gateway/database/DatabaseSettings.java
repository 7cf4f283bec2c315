package org.rtda.gateway.database;

import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;

/**
 * @param url of JDBC: {@code jdbc:h2:file:PATH}, for one gateway, or {@code jdbc:postgresql://HOST:PORT/DATABASE}, for any number
 * @param connections at most so many at once
 */
public record DatabaseSettings(String url, String user, String password, int connections) {
    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

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

    /** Without passwords: of the settings, in front of the host, and in options. */
    @Override
    public String toString() {
        return withoutSecrets(url);
    }

    private static String withoutSecrets(String address) {
        return address.replaceAll("[;?].*", "").replaceAll("//[^/@]*@", "//...@");
    }
}
