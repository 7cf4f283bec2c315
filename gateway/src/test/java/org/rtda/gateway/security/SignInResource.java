package org.rtda.gateway.security;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;

/** Switches sign-in on, with an owner's token and an OpenID provider that the test runs. */
public class SignInResource implements QuarkusTestResourceLifecycleManager {
    static final String OWNER_TOKEN = "rtda_" + "7".repeat(64);
    static final String ISSUER = "hospital";
    static final String CLIENT = "rtda-gateway";

    private MockOAuth2Server provider;

    @Override
    public Map<String, String> start() {
        provider = new MockOAuth2Server();
        provider.start();
        return Map.of(
                "rtda.security.sign-in", "required",
                "rtda.owner-token", OWNER_TOKEN,
                "rtda.security.hosts", "rtda.example.org",
                "quarkus.oidc.tenant-enabled", "true",
                "quarkus.oidc.auth-server-url", provider.issuerUrl(ISSUER).toString(),
                "quarkus.oidc.client-id", CLIENT,
                "quarkus.oidc.credentials.secret", "a secret of this test, 32 characters and more",
                "quarkus.oidc.roles.role-claim-path", "hospital/roles");
    }

    @Override
    public void inject(Object test) {
        if (test instanceof SecurityIT security) {
            security.provider = provider;
        }
    }

    @Override
    public void stop() {
        provider.shutdown();
    }
}
