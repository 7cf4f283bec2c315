package org.rtda.access;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.common.annotation.Identifier;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.rtda.messaging.TopicAdmin;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;

/**
 * Creates the topics and the bucket, gives each account its password and its rights, and ends. Doing it again changes what has changed
 * since: a password, a right, a topic that is new. Exits with 1 and one line that says why where it cannot.
 */
@QuarkusMain
public class SetUpAccess implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(SetUpAccess.class);

    private final AccessConfig config;
    private final Config values;
    private final Map<String, Object> kafka;

    SetUpAccess(AccessConfig config, Config values, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.config = config;
        this.values = values;
        this.kafka = kafka;
    }

    @Override
    public int run(String... arguments) throws InterruptedException {
        Accounts accounts = Accounts.described();
        try {
            Map<String, String> passwords =
                    AccountPasswords.of(accounts.names(), key -> values.getOptionalValue(key, String.class));
            if (config.access().broker()) {
                setUpBroker(new BrokerAccess(accounts), passwords);
                LOG.infof("broker: topics, users and access rules of %s", accounts.names());
            }
            if (config.access().store()) {
                setUpStore(accounts, passwords);
                LOG.infof("store: bucket, accounts and policies of %s", accounts.ofStore());
            }
            return 0;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.errorf("access is not set up: %s", e.getMessage());
            LOG.debug("where it failed", e);
            return 1;
        }
    }

    private void setUpBroker(BrokerAccess access, Map<String, String> passwords) throws InterruptedException {
        TopicAdmin.ensure(kafka, config.access().patience());
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            access.apply(admin, passwords);
        }
    }

    private void setUpStore(Accounts accounts, Map<String, String> passwords) throws Exception {
        AccessConfig.Store store = config.store();
        MinioSettings administrator = new MinioSettings(
                required("endpoint", store.endpoint()),
                store.bucket(),
                required("access-key", store.accessKey()),
                required("secret-key", store.secretKey()),
                store.region(),
                store.trustedCertificates().map(Path::of).orElse(null));
        // makes the bucket
        MinioArtifactStore.await(administrator, config.access().patience()).close();
        new StoreAccess(accounts, administrator).apply(passwords);
    }

    private static String required(String key, Optional<String> value) {
        return value.orElseThrow(() ->
                new IllegalArgumentException("rtda.store." + key + " must be set, or rtda.access.store be false"));
    }
}
