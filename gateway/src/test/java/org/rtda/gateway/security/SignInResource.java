package org.rtda.gateway.security;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;

/** Switches sign-in on, with an owner's token and an OpenID provider that the test runs. */
public class SignInResource implements QuarkusTestResourceLifecycleManager {
    static final String OWNER_TOKEN = "rtda_" + "7".repeat(64);
    static final String ISSUER = "hospital";
    static final String CLIENT = "rtda-gateway";

    private static final Path AUDIT_FILE = Path.of("target", "audit-it", "audit.jsonl");

    private MockOAuth2Server provider;

    @Override
    public Map<String, String> start() {
        provider = new MockOAuth2Server();
        provider.start();
        return Map.ofEntries(
                Map.entry("rtda.security.sign-in", "required"),
                Map.entry("rtda.owner-token", OWNER_TOKEN),
                Map.entry("rtda.security.hosts", "rtda.example.org"),
                Map.entry("rtda.audit.file", AUDIT_FILE.toString()),
                Map.entry("quarkus.oidc.tenant-enabled", "true"),
                Map.entry(
                        "quarkus.oidc.auth-server-url",
                        provider.issuerUrl(ISSUER).toString()),
                Map.entry("quarkus.oidc.client-id", CLIENT),
                Map.entry("quarkus.oidc.credentials.secret", "a secret of this test, 32 characters and more"),
                Map.entry("quarkus.oidc.roles.role-claim-path", "hospital/roles"));
    }

    @Override
    public void inject(Object test) {
        if (test instanceof SecurityIT security) {
            security.provider = provider;
        }
        if (test instanceof SignedOutPagesIT pages) {
            pages.provider = provider;
        }
        if (test instanceof AuditIT audit) {
            audit.auditFile = AUDIT_FILE;
            audit.provider = provider;
        }
    }

    @Override
    public void stop() {
        provider.shutdown();
    }
}
