package org.rtda.gateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import org.rtda.contracts.check.Check;

/** The settings of the audit log's file. The topic is always written. */
@ConfigMapping(prefix = "rtda")
public interface AuditConfig {
    Audit audit();

    /** Where requests that may change something are written down. */
    interface Audit {
        /** A file to append to, one JSON object a line; none when absent. */
        Optional<String> file();

        /** Size at which a new file is begun, in bytes. */
        @WithDefault("10485760")
        long fileBytes();

        /** Files that are kept, the one that is written included; the oldest is removed. */
        @WithDefault("20")
        int files();
    }

    /** @throws org.rtda.contracts.check.InvalidFieldException naming the key whose value is not allowed */
    static void check(AuditConfig config) {
        config.audit().file().ifPresent(file -> Check.notBlank("rtda.audit.file", file));
        Check.inRange("rtda.audit.file-bytes", config.audit().fileBytes(), 1024L, 1L << 40);
        Check.inRange("rtda.audit.files", config.audit().files(), 1, 10_000);
    }
}
