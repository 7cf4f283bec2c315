package org.rtda.gateway.form;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.rtda.gateway.GatewayConfig;

/** Puts a {@link CheckedForm} between every form and the framework, which reads it after this. */
class FormFilter {
    private final FormLimits limits;

    FormFilter(GatewayConfig config) {
        this.limits = FormLimits.of(config.gateway().maxUploadBytes());
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request, ResourceInfo operation) {
        if (MediaType.MULTIPART_FORM_DATA_TYPE.isCompatible(request.getMediaType())) {
            FormCheck check = FormCheck.of(
                    request.getHeaderString(HttpHeaders.CONTENT_TYPE),
                    limits,
                    FormParts.of(operation.getResourceMethod()));
            request.setEntityStream(new CheckedForm(request.getEntityStream(), check));
        }
    }
}
