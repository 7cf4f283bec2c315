package org.rtda.gateway.rest;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.problem.Problem;

/**
 * Answers OPTIONS with the methods that a path takes, and other methods with 405. The framework would answer for all paths of a
 * class together, and name none when it refuses.
 */
class MethodFilter {
    private final AllowedMethods methods;

    MethodFilter(BeanManager beans) {
        this.methods = new AllowedMethods(beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class)
                        && type.getPackage().equals(MethodFilter.class.getPackage()))
                .collect(Collectors.toSet()));
    }

    @ServerRequestFilter(preMatching = true)
    Response answer(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getPath();
        Set<String> allowed = methods.at(path);
        boolean asksForMethods = request.getMethod().equals(HttpMethod.OPTIONS);
        if (allowed.isEmpty()) {
            // the framework would answer that question even where there is nothing
            return asksForMethods && path.startsWith(ApiPath.V1)
                    ? Problem.of(404, "there is nothing at " + path).response()
                    : null;
        }
        String names = String.join(", ", allowed);
        if (asksForMethods) {
            return Response.noContent().header(HttpHeaders.ALLOW, names).build();
        }
        if (allowed.contains(request.getMethod())) {
            return null;
        }
        Problem problem = Problem.of(405, "this path does not take " + request.getMethod() + ": it takes " + names);
        return Response.fromResponse(problem.response())
                .header(HttpHeaders.ALLOW, names)
                .build();
    }
}
