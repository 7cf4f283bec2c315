package org.rtda.gateway.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.rtda.contracts.AuditEntry.Credential;

/** Says who the holder of a service token is. */
@ApplicationScoped
class TokenIdentityProvider implements IdentityProvider<ServiceTokenRequest> {
    /** Name of whoever has the token of the settings. */
    private static final String SETTINGS_OWNER = "owner-token";

    /** The attribute of an identity that says by what it is known. */
    static final String CREDENTIAL = "rtda-credential";

    private final SignIn signIn;
    private final ServiceTokens tokens;

    TokenIdentityProvider(SignIn signIn, ServiceTokens tokens) {
        this.signIn = signIn;
        this.tokens = tokens;
    }

    @Override
    public Class<ServiceTokenRequest> getRequestType() {
        return ServiceTokenRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(ServiceTokenRequest request, AuthenticationRequestContext context) {
        if (signIn.ownerTokenHash().filter(request.token().hash()::equals).isPresent()) {
            return Uni.createFrom().item(identity(SETTINGS_OWNER, AccessRole.OWNER, Credential.OWNER_TOKEN));
        }
        return context.runBlocking(() -> tokens.accept(request.token())
                .map(token -> identity(token.name(), token.role(), Credential.TOKEN))
                .orElseThrow(AuthenticationFailedException::new));
    }

    static SecurityIdentity identity(String name, AccessRole role, Credential credential) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRole(role.label())
                .addAttribute(CREDENTIAL, credential)
                .build();
    }
}
